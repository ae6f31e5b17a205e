package org.cartulary.storefront;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.Address;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Pictures;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the API answers about checkouts and orders, as far as pages show it. */
final class Orders {

    private Orders() {}

    record Line(
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            @Nullable Money lineTotal,
            @Nullable Money total) {

        /** What the line costs: a checkout and an order name it differently. */
        public @Nullable Money cost() {
            return lineTotal == null ? unitPrice.times(quantity) : lineTotal;
        }

        public @Nullable String pictureWithin(int pixels) {
            return Pictures.within(imageUrl, pixels);
        }
    }

    record ShippingOption(
            UUID id,
            String name,
            @Nullable String carrier,
            Money price,
            @Nullable Integer estimatedDays) {}

    record Checkout(
            UUID id,
            String status,
            @Nullable String email,
            List<Line> lines,
            @Nullable Address shippingAddress,
            Money subtotal,
            Money tax,
            Money includedTax,
            Money shipping,
            Money discount,
            Money total,
            List<ShippingOption> shippingOptions,
            @Nullable UUID shippingMethodId,
            @Nullable String lastRefusal,
            @Nullable UUID orderId) {

        public boolean isOpen() {
            return status.equals("OPEN");
        }

        /** Whether its order is being placed at this moment. */
        public boolean isCompleting() {
            return status.equals("COMPLETING");
        }

        /** Whether its order is there. */
        public boolean isCompleted() {
            return status.equals("COMPLETED");
        }
    }

    /** The order of a completion; without a number while nobody knows how its payment ends. */
    record Placed(UUID orderId, @Nullable String orderNumber) {}

    record Shipment(
            UUID id,
            String status,
            @Nullable String carrier,
            @Nullable String trackingNumber) {}

    record Refund(UUID id, Money amount, String status, Instant createdAt) {}

    record StatusChange(
            @Nullable String from, String to, @Nullable String reason, Instant changedAt) {}

    record Addresses(@Nullable Address shipping) {}

    record Order(
            UUID id,
            String orderNumber,
            @Nullable String email,
            String status,
            Money subtotal,
            Money tax,
            Money includedTax,
            Money shipping,
            Money discount,
            Money total,
            @Nullable Money refunded,
            @Nullable String shippingMethodName,
            Instant placedAt,
            long version,
            List<Line> items,
            @Nullable Addresses addresses,
            List<Shipment> shipments,
            List<Refund> refunds,
            List<StatusChange> history) {}

    record Row(UUID id, String orderNumber, String status, Money total, Instant placedAt) {}

    record Rows(List<Row> items, PageInfo page) {}
}

package org.cartulary.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.pages.Address;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Pictures;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the API answers about orders, as far as pages show it. */
final class Orders {

    /** All states, in the order in which orders pass through them. */
    static final List<String> STATES = List.of(
            "CREATED",
            "PAID",
            "CONFIRMED",
            "PROCESSING",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "DELIVERED",
            "CANCELLED",
            "REFUNDED");

    private static final Set<String> CANCELLABLE = Set.of("CREATED", "PAID", "CONFIRMED", "PROCESSING");
    private static final Set<String> REFUNDABLE =
            Set.of("CONFIRMED", "PROCESSING", "PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED");

    private Orders() {}

    record Row(
            UUID id,
            String orderNumber,
            String status,
            @Nullable UUID customerId,
            long unitCount,
            Money total,
            Instant placedAt) {}

    record Rows(List<Row> items, PageInfo page) {}

    /** Who did something. */
    record Actor(String kind, @Nullable UUID id) {}

    record Addresses(@Nullable Address shipping, @Nullable Address billing) {}

    record Item(
            UUID id,
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            Money total,
            int packed,
            int sent,
            int delivered,
            int withdrawn) {

        /** How many units are neither in a parcel nor will never be. */
        public int toBePacked() {
            return quantity - packed - withdrawn;
        }

        public @Nullable String pictureWithin(int pixels) {
            return Pictures.within(imageUrl, pixels);
        }
    }

    record Adjustment(
            String kind,
            String label,
            @Nullable String code,
            @Nullable BigDecimal percent,
            boolean included,
            Money amount,
            Money contained) {}

    record Payment(
            @Nullable UUID id,
            @Nullable String method,
            @Nullable String status) {}

    record ShipmentLine(UUID orderItemId, String sku, int quantity) {}

    record ShipmentChange(
            @Nullable String from,
            String to,
            @Nullable String place,
            @Nullable String note,
            Instant happenedAt,
            @Nullable Actor by) {}

    record Shipment(
            UUID id,
            String status,
            @Nullable String carrier,
            @Nullable String trackingNumber,
            @Nullable String trackingUrl,
            @Nullable LocalDate estimatedDelivery,
            List<ShipmentLine> lines,
            List<ShipmentChange> history) {

        /** What may be said of it next. */
        public List<String> nextStates() {
            return switch (status) {
                case "PENDING" -> List.of("SHIPPED", "CANCELLED");
                case "SHIPPED" -> List.of("IN_TRANSIT", "DELIVERED", "FAILED", "RETURNED");
                case "IN_TRANSIT" -> List.of("DELIVERED", "FAILED", "RETURNED");
                default -> List.of();
            };
        }
    }

    record Refund(
            UUID id,
            Money amount,
            String status,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Actor by) {}

    record Note(
            UUID id,
            @Nullable String text,
            boolean visibleToCustomer,
            @Nullable Actor by,
            Instant createdAt) {}

    record StatusChange(
            @Nullable String from,
            String to,
            @Nullable String reasonCode,
            @Nullable String reason,
            Instant changedAt,
            @Nullable Actor by) {}

    /**
     * Something that happened to an order.
     *
     * @param kind order, parcel, refund or note
     * @param what the state that was reached; of a note whether the buyer reads it
     * @param words what somebody wrote with it
     */
    record Happening(
            String kind,
            String what,
            @Nullable Money amount,
            @Nullable String words,
            Instant at,
            @Nullable Actor by) {}

    record Order(
            UUID id,
            String orderNumber,
            @Nullable UUID customerId,
            @Nullable String email,
            String status,
            Money subtotal,
            Money tax,
            Money includedTax,
            Money shipping,
            Money discount,
            Money total,
            List<Adjustment> adjustments,
            Money refunded,
            Payment payment,
            @Nullable String shippingMethodName,
            @Nullable String couponCode,
            @Nullable String notes,
            Instant placedAt,
            List<Item> items,
            Addresses addresses,
            List<Shipment> shipments,
            List<Refund> refunds,
            @Nullable List<Note> notesOfShop,
            List<StatusChange> history) {

        public boolean isCancellable() {
            return CANCELLABLE.contains(status) && items.stream().allMatch(item -> item.sent() == 0);
        }

        public boolean isRefundable() {
            return REFUNDABLE.contains(status) && !left().isZero();
        }

        /** Whether anything is still to be packed. */
        public boolean isToBePacked() {
            return REFUNDABLE.contains(status) && items.stream().anyMatch(item -> item.toBePacked() > 0);
        }

        /** What was paid and not given back. */
        public Money left() {
            return total.minus(refunded);
        }

        /** All that happened, the latest first. */
        public List<Happening> happenings() {
            List<Happening> all = new ArrayList<>();
            history.forEach(change -> all.add(
                    new Happening("order", change.to(), null, change.reason(), change.changedAt(), change.by())));
            shipments.forEach(shipment -> shipment.history()
                    .forEach(change -> all.add(new Happening(
                            "parcel", change.to(), null, change.note(), change.happenedAt(), change.by()))));
            refunds.forEach(refund -> all.add(new Happening(
                    "refund", refund.status(), refund.amount(), refund.reason(), refund.createdAt(), refund.by())));
            if (notesOfShop != null) {
                notesOfShop.forEach(note -> all.add(new Happening(
                        "note",
                        note.visibleToCustomer() ? "BUYER" : "SHOP",
                        null,
                        note.text(),
                        note.createdAt(),
                        note.by())));
            }
            all.sort(Comparator.comparing(Happening::at));
            return all.reversed();
        }
    }
}

package org.cartulary.storefront;

import java.util.List;
import java.util.UUID;
import org.cartulary.pages.Pictures;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the API answers about carts, as far as pages show it. */
final class Carts {

    private Carts() {}

    record Line(
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            @Nullable Money unitPrice,
            @Nullable Money lineTotal,
            boolean priceChanged,
            boolean available,
            boolean inStock,
            int maximumQuantity,
            @Nullable Money formerPrice,
            @Nullable VariantOf variantOf) {

        /** The page of its product: an id is as good an address as a slug. */
        public String address() {
            return "/products/" + (variantOf == null ? productId : variantOf.productId());
        }

        public @Nullable String pictureWithin(int pixels) {
            return Pictures.within(imageUrl, pixels);
        }

        /** Whether an order of it would be refused as it stands here. */
        public boolean isShort() {
            return !available || !inStock || quantity > maximumQuantity;
        }
    }

    record VariantOf(UUID productId) {}

    record Removed(String name, int quantity, String reason) {}

    record Coupon(
            String code,
            @Nullable Money discount,
            boolean freeShipping,
            @Nullable String reason) {}

    record Cart(
            UUID id,
            String status,
            long version,
            List<Line> lines,
            List<Removed> removed,
            int itemCount,
            Money subtotal,
            @Nullable Coupon coupon,
            @Nullable UUID continuedIn,
            @Nullable String guestToken) {

        public boolean isEmpty() {
            return lines.isEmpty();
        }

        public boolean canBeOrdered() {
            return !lines.isEmpty() && lines.stream().noneMatch(Line::isShort);
        }
    }
}

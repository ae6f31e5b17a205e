package org.cartulary.cart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.VariantOf;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A cart as its owner sees it.
 *
 * @param removed what has left the cart by itself, and why; it is told until the line is taken out or the cart is ordered
 * @param itemCount the units of all lines
 * @param subtotal at today's prices, of the lines that can be bought
 * @param coupon what the coupon that was entered takes off, {@code null} where none was
 * @param continuedIn the cart that holds what was not ordered with this one, or that this one was merged into
 * @param guestToken the secret with which a guest finds the cart again; shown once, when it is made
 */
record CartView(
        UUID id,
        String status,
        long version,
        List<Line> lines,
        List<Removed> removed,
        long itemCount,
        Money subtotal,
        @Nullable Coupon coupon,
        Instant expiresAt,
        @Nullable UUID continuedIn,
        @Nullable String guestToken) {

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "CartView[id=%s, status=%s, version=%d, lines=%s, continuedIn=%s]"
                .formatted(id, status, version, lines, continuedIn);
    }

    /**
     * A line that has left the cart.
     *
     * @param reason {@code deleted}: the shop has deleted the product or variant
     */
    record Removed(UUID productId, String sku, String name, int quantity, String reason) {}

    /**
     * The coupon that was entered. What else is taken off, a checkout says.
     *
     * @param discount what it takes off the lines that can be bought
     * @param freeShipping whether it takes off the price of the shipping, too
     * @param reason why it takes nothing off, {@code null} where it does; whether a coupon for a first order may be used, a checkout
     *     finds out
     */
    record Coupon(
            String code,
            Money discount,
            boolean freeShipping,
            @Nullable String reason) {}

    /**
     * A line.
     *
     * @param unitPrice today's price
     * @param priceChanged whether it was another when the product was put into the cart
     * @param available whether the product can be bought at all
     * @param inStock whether as many as wanted are there now
     * @param maximumQuantity how many are there now
     * @param formerPrice the price at which the product was put into the cart, where today's is another
     * @param variantOf of which product it is a variant, and which; {@code null} for a product
     */
    record Line(
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            Money lineTotal,
            boolean priceChanged,
            boolean available,
            boolean inStock,
            int maximumQuantity,
            @Nullable Money formerPrice,
            @Nullable VariantOf variantOf) {}
}

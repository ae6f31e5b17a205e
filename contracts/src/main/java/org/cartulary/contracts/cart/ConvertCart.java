package org.cartulary.contracts.cart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that a cart has become an order.
 *
 * @param version the version of the cart that was ordered; a cart that has another one keeps what was not ordered
 * @param checkedOutAt when its checkout began, {@code null} where that is not known. A store that may lose what was written last, so that
 *     a version comes twice, tells by it what was put into the cart since
 * @param lines what was ordered of it
 */
public record ConvertCart(
        UUID cartId, UUID orderId, long version, @Nullable Instant checkedOutAt, List<OrderedLine> lines) {

    /**
     * A product that was ordered.
     *
     * @param quantity units, 1 or more
     */
    public record OrderedLine(UUID productId, int quantity) {}
}

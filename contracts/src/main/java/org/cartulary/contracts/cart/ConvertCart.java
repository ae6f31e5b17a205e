package org.cartulary.contracts.cart;

import java.util.List;
import java.util.UUID;

/**
 * Says that a cart has become an order.
 *
 * @param version the version of the cart that was ordered; a cart that has another one keeps what was not ordered
 * @param lines what was ordered of it
 */
public record ConvertCart(UUID cartId, UUID orderId, long version, List<OrderedLine> lines) {

    /**
     * A product that was ordered.
     *
     * @param quantity units, 1 or more
     */
    public record OrderedLine(UUID productId, int quantity) {}
}

package org.cartulary.contracts.promotion;

import java.util.UUID;

/**
 * Gives back what an order has claimed.
 *
 * @param reason a code in kebab-case, such as {@code order-cancelled}
 */
public record ReleasePromotions(UUID orderId, String reason) {}

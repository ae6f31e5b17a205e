package org.cartulary.contracts.promotion;

import java.util.UUID;

/**
 * What promotions hold for an order.
 *
 * @param status CLAIMED or RELEASED
 * @param uses how many promotions it uses, or used
 * @param discountMinor what they take off together, in minor units of the order's currency
 */
public record PromotionFact(UUID tenantId, UUID orderId, String status, int uses, long discountMinor) {}

package org.cartulary.contracts.promotion;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A promotion that an order uses.
 *
 * @param code the coupon's code that led to it
 * @param amount what it takes off the order, that of the shipping included
 */
public record PromotionUse(UUID promotionId, @Nullable String code, Money amount) {}

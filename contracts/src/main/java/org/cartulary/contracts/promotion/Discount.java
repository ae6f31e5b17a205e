package org.cartulary.contracts.promotion;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion takes off.
 *
 * @param promotionId the promotion
 * @param code the coupon's code that led to it, {@code null} for a promotion without one
 * @param name what customers read
 * @param lines what it takes off each line, in the order of the lines asked about; nothing is zero
 * @param freeShipping whether it takes off the price of the shipping, too
 */
public record Discount(UUID promotionId, @Nullable String code, String name, List<Money> lines, boolean freeShipping) {}

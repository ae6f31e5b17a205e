package org.cartulary.contracts.promotion;

import java.util.List;

/**
 * What promotions take off.
 *
 * @param discounts in the order in which they apply: each from what those before it leave
 * @param refused the codes that take nothing off, and why
 * @param dependsOnFirstOrder whether the answer may be another one once it is known whether the customer has ordered before,
 *     which the question left open
 */
public record PromotionQuote(List<Discount> discounts, List<RefusedCoupon> refused, boolean dependsOnFirstOrder) {

    public PromotionQuote {
        discounts = List.copyOf(discounts);
        refused = List.copyOf(refused);
    }
}

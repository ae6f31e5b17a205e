package org.cartulary.promotion;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a promotion is used.
 *
 * @param uses how many orders use it now
 * @param totalLimit how many may
 * @param amounts what they come to, by currency
 */
record PromotionUsage(UUID promotionId, int uses, @Nullable Integer totalLimit, List<Amount> amounts) {

    /**
     * The uses by orders in one currency.
     *
     * @param released how many orders have used it and given it back, since they were cancelled
     * @param discounted what it takes off the orders that use it, a decimal number; the sum may exceed what one amount of money
     *     may be
     */
    record Amount(String currency, long uses, long released, String discounted) {}
}

package org.cartulary.contracts.tenant;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;

/**
 * The limits within which a shop accepts orders (ORD-05). Amounts are in the shop's currency.
 *
 * @param minimumTotal the least total of an order
 * @param maximumTotal the greatest total of an order
 * @param maximumLines how many lines an order has at most
 * @param maximumPendingOrders how many unpaid orders a customer has at most at a time
 * @param unpaidMinutes after how many minutes an unpaid order is cancelled
 */
public record OrderRules(
        @NotNull @DecimalMin("0") BigDecimal minimumTotal,
        @NotNull @DecimalMin("0") BigDecimal maximumTotal,
        @Min(1) @Max(10_000) int maximumLines,
        @Min(1) @Max(1_000_000) int maximumPendingOrders,
        @Min(1) @Max(525_600) int unpaidMinutes) {

    /** From 10.00 to 10,000.00, 50 lines, 5 pending orders, 30 minutes. */
    public static final OrderRules DEFAULTS =
            new OrderRules(new BigDecimal("10.00"), new BigDecimal("10000.00"), 50, 5, 30);
}

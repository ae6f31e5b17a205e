package org.cartulary.contracts.tenant;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.money.UnsupportedCurrencyException;

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

    private static final long MINIMUM_MINOR_UNITS = 1_000;
    private static final long MAXIMUM_MINOR_UNITS = 1_000_000;

    /** From 10.00 to 10,000.00, 50 lines, 5 pending orders, 30 minutes: those for a currency with two decimals. */
    public static final OrderRules DEFAULTS = withDecimals(2);

    /**
     * The defaults of a shop that sells in this currency. The totals are those of {@link #DEFAULTS} in minor units: where there are
     * no decimals, such as in yen, from 1,000 to 1,000,000. A currency that is not supported has those of one with two decimals.
     */
    public static OrderRules defaults(String currency) {
        try {
            return withDecimals(Money.currencyOf(currency).getDefaultFractionDigits());
        } catch (UnsupportedCurrencyException _) {
            return DEFAULTS;
        }
    }

    private static OrderRules withDecimals(int decimals) {
        return new OrderRules(
                BigDecimal.valueOf(MINIMUM_MINOR_UNITS, decimals),
                BigDecimal.valueOf(MAXIMUM_MINOR_UNITS, decimals),
                50,
                5,
                30);
    }
}

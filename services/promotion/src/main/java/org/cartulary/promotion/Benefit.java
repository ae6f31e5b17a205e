package org.cartulary.promotion;

import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What a promotion gives. Basis points are hundredths of a per cent, from 1 to 10,000. */
sealed interface Benefit {

    /** A part of what the lines still cost, at most {@code maximum} together. */
    record Percentage(int basisPoints, @Nullable Money maximum) implements Benefit {}

    /** An amount off the lines together, at most what they still cost. */
    record FixedAmount(Money amount) implements Benefit {}

    /** The whole price of the shipping. */
    record FreeShipping() implements Benefit {}

    /**
     * Of each full set of {@code buy + get} units, {@code get} cost less: the cheapest of all, at most {@code maximum} together.
     */
    record BuyXGetY(
            int buy, int get, int basisPoints, @Nullable Money maximum) implements Benefit {}
}

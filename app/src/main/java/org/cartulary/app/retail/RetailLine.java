package org.cartulary.app.retail;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A line of the file.
 *
 * @param at the time in the United Kingdom, to the minute
 * @param unitPrice in pounds, at most three decimals
 * @param customer the customer's number, {@code null} where the line has none
 */
record RetailLine(
        long lineNumber,
        String invoice,
        String stockCode,
        String description,
        int quantity,
        LocalDateTime at,
        BigDecimal unitPrice,
        @Nullable String customer,
        String country) {

    /** Whether it is a sale: neither a cancellation nor an adjustment, and with a quantity and a price. */
    boolean isSale() {
        return quantity > 0
                && unitPrice.signum() > 0
                && !invoice.isEmpty()
                && invoice.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The price in whole pence, rounded half up. */
    BigDecimal pennyPrice() {
        return unitPrice.setScale(2, RoundingMode.HALF_UP);
    }

    /** Quantity times price in whole pence. */
    BigDecimal value() {
        return pennyPrice().multiply(BigDecimal.valueOf(quantity));
    }
}

package org.cartulary.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/** What a customer has ordered, some seconds ago at the latest; nothing where there is no order. */
record CustomerStatistics(UUID customerId, List<OfCurrency> items) {

    /**
     * What a customer has ordered in one currency.
     *
     * @param orders that were placed
     * @param confirmedOrders of these, those that were confirmed and not cancelled
     * @param cancelledOrders of these, those that were cancelled
     * @param units of the orders that were confirmed and not cancelled
     * @param gross of the orders that were confirmed and not cancelled, before refunds
     * @param refunded what was given back of gross
     */
    record OfCurrency(
            String currency,
            long orders,
            long confirmedOrders,
            long cancelledOrders,
            long units,
            Sum gross,
            Sum refunded,
            Instant firstOrderAt,
            Instant lastOrderAt) {}

    /** A sum of money of any size, as a decimal number. */
    record Sum(String amount, String currency) {

        static Sum of(BigDecimal amount, String currency) {
            int decimals = Money.currencyOf(currency).getDefaultFractionDigits();
            return new Sum(amount.setScale(decimals).toPlainString(), currency);
        }
    }
}

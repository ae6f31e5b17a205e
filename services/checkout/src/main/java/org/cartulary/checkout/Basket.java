package org.cartulary.checkout;

import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * All that a total is reckoned from; its amounts are in one currency. Immutable.
 *
 * @param discounts in the order in which they apply
 * @param sending how the goods are sent, {@code null} where that is not known or the shop does not send them
 */
record Basket(
        Currency currency,
        List<Line> lines,
        List<Discount> discounts,
        @Nullable Sending sending,
        Taxation taxation) {

    /** A line: what it costs before discounts, and how it is taxed. */
    record Line(Money total, String taxCategory) {}

    /** A way to send goods and what it costs before discounts. */
    record Sending(UUID methodId, String name, Money price) {}

    /**
     * How is taxed what is sent somewhere.
     *
     * @param rates at most one for each tax category
     * @param included whether prices contain the tax
     */
    record Taxation(List<TaxRate> rates, boolean included) {}
}

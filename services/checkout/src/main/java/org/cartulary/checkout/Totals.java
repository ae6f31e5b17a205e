package org.cartulary.checkout;

import java.util.Currency;
import java.util.List;
import org.cartulary.platform.money.Money;

/** What a checkout costs; total = subtotal + tax + shipping − discount. */
record Totals(Money subtotal, Money tax, Money shipping, Money discount, Money total) {

    /** The totals of goods and shipping. Nothing is taxed or discounted yet. */
    static Totals of(Money subtotal, Money shipping) {
        Money nothing = Money.zero(subtotal.currency());
        return new Totals(subtotal, nothing, shipping, nothing, subtotal.plus(shipping));
    }

    Totals withShipping(Money price) {
        return new Totals(
                subtotal, tax, price, discount, subtotal.plus(tax).plus(price).minus(discount));
    }

    Currency currency() {
        return total.currency();
    }

    /** The amount spread over lines in proportion to what they cost, so that the parts add up to it to the cent. */
    static List<Money> spread(Money amount, List<Money> lineTotals) {
        long[] weights = lineTotals.stream().mapToLong(Money::minorUnits).toArray();
        if (amount.isZero()) {
            return lineTotals.stream()
                    .map(line -> Money.zero(amount.currency()))
                    .toList();
        }
        return amount.split(weights);
    }
}

package org.cartulary.checkout;

import java.util.Currency;
import java.util.List;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.platform.money.Money;

/** What a checkout costs; total = subtotal + tax + shipping − discount. Shipping is the price before its discount. */
record Totals(Money subtotal, Money tax, Money shipping, Money discount, Money total) {

    /** The totals of goods and shipping with what promotions take off. Nothing is taxed yet. */
    static Totals of(Money subtotal, Money shipping, List<Discount> discounts) {
        Money nothing = Money.zero(subtotal.currency());
        Money discount = discounts.stream()
                .map(one -> takenOff(one, shipping))
                .reduce(nothing, Money::plus);
        return new Totals(
                subtotal, nothing, shipping, discount, subtotal.plus(shipping).minus(discount));
    }

    /** What one of its discounts takes off, that of the shipping included. */
    Money takenOffBy(Discount discount) {
        return takenOff(discount, shipping);
    }

    private static Money takenOff(Discount discount, Money shipping) {
        Money ofLines = Money.sum(discount.lines(), shipping.currency());
        return discount.freeShipping() ? ofLines.plus(shipping) : ofLines;
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

package org.cartulary.checkout;

import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.platform.money.Money;

/**
 * What a checkout costs and why; total = subtotal + tax + shipping − discount. Immutable.
 *
 * @param tax on top of the prices
 * @param includedTax what of the prices is tax
 * @param shipping before its discount
 * @param discount on goods and shipping
 * @param adjustments the steps from the subtotal to the total
 */
record Totals(
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        List<Adjustment> adjustments) {

    Currency currency() {
        return total.currency();
    }

    /** The taxes, in their order. */
    List<Adjustment> taxes() {
        return adjustments.stream()
                .filter(adjustment -> adjustment.kind() == Adjustment.Kind.TAX)
                .toList();
    }

    /** What is taken off each of so many lines. */
    List<Money> discountByLine(int lines) {
        return byLine(lines, discounts()).stream()
                .map(part -> Money.zero(currency()).minus(part))
                .toList();
    }

    /** The tax on top of the price of each of so many lines. */
    List<Money> taxByLine(int lines) {
        return byLine(lines, taxes().stream().filter(tax -> !tax.included()).toList());
    }

    /** What of the price of each of so many lines is tax. */
    List<Money> includedTaxByLine(int lines) {
        return byLine(lines, taxes().stream().filter(Adjustment::included).toList());
    }

    /** What a discount takes off goods and shipping. */
    Money takenOffBy(Discount discount) {
        return Money.zero(currency())
                .minus(Money.sum(
                        discounts().stream()
                                .filter(adjustment -> adjustment.sourceId().equals(discount.promotionId()))
                                .map(Adjustment::amount)
                                .toList(),
                        currency()));
    }

    private List<Adjustment> discounts() {
        return adjustments.stream()
                .filter(adjustment -> adjustment.kind() == Adjustment.Kind.DISCOUNT)
                .toList();
    }

    private List<Money> byLine(int lines, List<Adjustment> all) {
        return IntStream.range(0, lines)
                .mapToObj(line -> Money.sum(
                        all.stream()
                                .filter(adjustment -> !adjustment.lines().isEmpty())
                                .map(adjustment -> adjustment.lines().get(line))
                                .toList(),
                        currency()))
                .toList();
    }
}

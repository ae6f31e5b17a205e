package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.platform.money.Money;

/**
 * Reckons what a basket costs and explains it: first the shipping, then the discounts in their order, then each tax once on all
 * that is taxed at its rate. The same basket always has the same totals. Not thread-safe; used once.
 */
final class ReckoningTotals {

    private final Basket basket;
    private final Money nothing;
    /** What each line costs after the discounts so far. */
    private final List<Money> goods = new ArrayList<>();

    private final List<Adjustment> adjustments = new ArrayList<>();
    /** What the shipping costs after the discounts so far. */
    private Money shipping;

    private ReckoningTotals(Basket basket) {
        this.basket = basket;
        this.nothing = Money.zero(basket.currency());
        this.shipping = basket.sending() == null ? nothing : basket.sending().price();
        basket.lines().forEach(line -> goods.add(line.total()));
    }

    /**
     * The totals of the basket.
     *
     * @throws ArithmeticException if they exceed the greatest amount
     * @throws IllegalArgumentException if a discount is not made for these lines or takes off more than they cost
     */
    static Totals of(Basket basket) {
        ReckoningTotals reckoning = new ReckoningTotals(basket);
        reckoning.send();
        basket.discounts().forEach(reckoning::take);
        reckoning.tax();
        return reckoning.totals();
    }

    /** What each line costs after the discounts, which do not depend on how the goods are sent. */
    static Money goodsAfterDiscounts(List<Money> lines, List<Discount> discounts, Money nothing) {
        Money subtotal = Money.sum(lines, nothing.currency());
        return discounts.stream()
                .map(discount -> Money.sum(discount.lines(), nothing.currency()))
                .reduce(subtotal, Money::minus);
    }

    private void send() {
        Basket.Sending sending = basket.sending();
        if (sending != null) {
            adjustments.add(new Adjustment(
                    Adjustment.Kind.SHIPPING,
                    sending.name(),
                    sending.methodId(),
                    null,
                    null,
                    false,
                    sending.price(),
                    nothing,
                    List.of()));
        }
    }

    private void take(Discount discount) {
        if (discount.lines().size() != goods.size()) {
            throw new IllegalArgumentException(
                    "the promotion " + discount.promotionId() + " is not made for these lines");
        }
        List<Money> parts = new ArrayList<>();
        for (int i = 0; i < goods.size(); i++) {
            Money part = discount.lines().get(i);
            Money left = goods.get(i).minus(part);
            if (part.isNegative() || left.isNegative()) {
                throw new IllegalArgumentException(
                        "the promotion " + discount.promotionId() + " takes " + part + " off " + goods.get(i));
            }
            goods.set(i, left);
            parts.add(nothing.minus(part));
        }
        Money ofShipping = discount.freeShipping() ? shipping : nothing;
        shipping = shipping.minus(ofShipping);
        adjustments.add(new Adjustment(
                Adjustment.Kind.DISCOUNT,
                discount.name(),
                discount.promotionId(),
                discount.code(),
                null,
                false,
                Money.sum(parts, basket.currency()).minus(ofShipping),
                nothing,
                orEmpty(parts)));
    }

    private void tax() {
        List<Money> costs = Stream.concat(goods.stream(), Stream.of(shipping)).toList();
        new Taxes(basket, costs).all().forEach(adjustments::add);
    }

    private Totals totals() {
        Money subtotal =
                Money.sum(basket.lines().stream().map(Basket.Line::total).toList(), basket.currency());
        Money tax = sum(Adjustment.Kind.TAX);
        Money price = sum(Adjustment.Kind.SHIPPING);
        Money discount = nothing.minus(sum(Adjustment.Kind.DISCOUNT));
        return new Totals(
                subtotal,
                tax,
                Money.sum(adjustments.stream().map(Adjustment::contained).toList(), basket.currency()),
                price,
                discount,
                subtotal.plus(tax).plus(price).minus(discount),
                List.copyOf(adjustments));
    }

    private Money sum(Adjustment.Kind kind) {
        return Money.sum(
                adjustments.stream()
                        .filter(adjustment -> adjustment.kind() == kind)
                        .map(Adjustment::amount)
                        .toList(),
                basket.currency());
    }

    static List<Money> orEmpty(List<Money> parts) {
        return parts.stream().allMatch(Money::isZero) ? List.of() : parts;
    }
}

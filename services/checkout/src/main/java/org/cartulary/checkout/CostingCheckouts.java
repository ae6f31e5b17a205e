package org.cartulary.checkout;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.FindTaxRates;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What checkouts cost, with the taxes of where the goods go. Thread-safe. */
record CostingCheckouts(TaxApi taxes, Clock clock) {

    /**
     * Goods that are sent somewhere.
     *
     * @param placedAt when the order was placed, {@code null} for now: the rates of that time count
     */
    record Goods(
            List<CheckoutLine> lines,
            List<Discount> discounts,
            Address to,
            @Nullable Instant placedAt,
            Currency currency) {

        /** What they are worth after discounts. */
        Money worth() {
            return ReckoningTotals.goodsAfterDiscounts(
                    lines.stream().map(line -> line.total(currency)).toList(), discounts, Money.zero(currency));
        }

        /** What they weigh, in kilograms; products of which nothing is known count as nothing. */
        BigDecimal weightKg() {
            return lines.stream()
                    .map(line -> Objects.requireNonNullElse(line.weightKg(), BigDecimal.ZERO)
                            .multiply(BigDecimal.valueOf(line.quantity())))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /** The goods of a checkout at the prices and with the discounts with which it was reckoned last. */
        static Goods of(CheckoutSession session, List<CheckoutLine> lines) {
            return new Goods(
                    lines,
                    session.discounts(),
                    session.shippingAddress(),
                    session.placedAt(),
                    session.totals().currency());
        }
    }

    /**
     * What the goods cost if they are sent like that.
     *
     * @throws ProblemException 422 {@code total-too-large} if that is more than the greatest amount
     */
    Totals totals(Goods goods, @Nullable ShippingOption option, TenantSettings settings) {
        return totals(
                goods,
                option == null ? null : new Basket.Sending(option.methodId(), option.name(), option.price()),
                settings);
    }

    private Totals totals(Goods goods, Basket.@Nullable Sending sending, TenantSettings settings) {
        Instant at = goods.placedAt() == null ? clock.instant() : goods.placedAt();
        var rates = taxes.find(new FindTaxRates(goods.to().country(), goods.to().state(), at));
        try {
            return ReckoningTotals.of(new Basket(
                    goods.currency(),
                    goods.lines().stream()
                            .map(line -> new Basket.Line(line.total(goods.currency()), line.taxCategory()))
                            .toList(),
                    goods.discounts(),
                    sending,
                    new Basket.Taxation(rates, settings.pricesIncludeTax())));
        } catch (ArithmeticException e) {
            throw ProblemException.unprocessable(
                    "total-too-large", "goods, shipping and tax together exceed the greatest amount, 99,999,999.99");
        }
    }

    /**
     * Why the checkout cannot be ordered with the taxes that it was reckoned with; {@code null} if it can.
     *
     * @param lines of the checkout, with the tax categories that their products have now
     */
    @Nullable ProblemException recheck(CheckoutSession session, List<CheckoutLine> lines, TenantSettings settings) {
        UUID methodId = session.shippingMethodId();
        Basket.Sending sending = methodId == null
                ? null
                : new Basket.Sending(
                        methodId,
                        String.valueOf(session.shippingMethodName()),
                        session.totals().shipping());
        Totals now = totals(Goods.of(session, lines), sending, settings);
        if (now.taxes().equals(session.totals().taxes())) {
            return null;
        }
        return ProblemException.conflict(
                        "price-changed", "taxes have changed since the checkout was opened: open a new one")
                .with("/tax", "tax-changed", "now " + now.tax() + ", and " + now.includedTax() + " in the prices");
    }
}

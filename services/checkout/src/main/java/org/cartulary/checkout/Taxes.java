package org.cartulary.checkout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The taxes of a basket. Each is reckoned from the sum of all that is taxed at its rate, rounded half up once, and spread over
 * lines and shipping by what these cost.
 *
 * @param costs what each line costs after discounts, and last what the shipping does
 */
record Taxes(Basket basket, List<Money> costs) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The taxes on what costs something, in the order of the rates. */
    List<Adjustment> all() {
        List<@Nullable TaxRate> rates = ratesOfCosts();
        List<Adjustment> taxes = new ArrayList<>();
        for (TaxRate rate : basket.taxation().rates()) {
            List<Money> bases = new ArrayList<>();
            for (int i = 0; i < costs.size(); i++) {
                bases.add(rate.equals(rates.get(i)) ? costs.get(i) : Money.zero(basket.currency()));
            }
            Money base = Money.sum(bases, basket.currency());
            if (!base.isZero()) {
                taxes.add(tax(rate, base, bases));
            }
        }
        return taxes;
    }

    /** At which rate each line is taxed, and last the shipping; {@code null} where at none. */
    private List<@Nullable TaxRate> ratesOfCosts() {
        Map<String, TaxRate> byCategory = new HashMap<>();
        basket.taxation().rates().forEach(rate -> byCategory.put(rate.category(), rate));
        List<@Nullable TaxRate> rates = new ArrayList<>();
        basket.lines().forEach(line -> rates.add(byCategory.get(line.taxCategory())));
        TaxRate ofShipping = byCategory.get(TaxRate.SHIPPING);
        rates.add(ofShipping == null ? byCategory.get(CatalogProduct.STANDARD_TAX) : ofShipping);
        return rates;
    }

    private Adjustment tax(TaxRate rate, Money base, List<Money> bases) {
        boolean included = basket.taxation().included();
        Money nothing = Money.zero(basket.currency());
        Money tax = included ? contained(base, rate.percent()) : onTop(base, rate.percent());
        List<Money> parts =
                tax.split(bases.stream().mapToLong(Money::minorUnits).toArray());
        return new Adjustment(
                Adjustment.Kind.TAX,
                rate.name(),
                rate.id(),
                null,
                rate.percent(),
                included,
                included ? nothing : tax,
                included ? tax : nothing,
                ReckoningTotals.orEmpty(parts.subList(0, parts.size() - 1)));
    }

    private static Money onTop(Money base, BigDecimal percent) {
        return Money.rounded(base.amount().multiply(percent).movePointLeft(2), base.currency());
    }

    private static Money contained(Money base, BigDecimal percent) {
        Currency currency = base.currency();
        BigDecimal tax = base.amount()
                .multiply(percent)
                .divide(HUNDRED.add(percent), currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        return Money.of(tax, currency);
    }
}

package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand baskets, each made of its seed, whose totals are reckoned a second time with exact fractions. */
@Tag("CHK-01")
class RandomBasketsTest {

    private static final int BASKETS = 10_000;
    private static final List<String> CATEGORIES = List.of("standard", "reduced", "zero", "books");
    private static final List<String> PERCENTS = List.of("19", "7", "0", "5.5", "8.875", "20", "2.1", "100", "0.0001");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Test
    void everyTotalIsExplainedAndAddsUpToTheCent() {
        for (int seed = 0; seed < BASKETS; seed++) {
            Basket basket = basket(new Random(seed));
            Totals totals = ReckoningTotals.of(basket);
            SoftAssertions check = new SoftAssertions();
            addsUp(check, basket, totals);
            taxesAreExact(check, basket, totals);
            if (!check.wasSuccess()) {
                throw new AssertionError("seed " + seed + ": " + basket + " gives " + totals + ": "
                        + check.errorsCollected().stream()
                                .map(Throwable::getMessage)
                                .collect(Collectors.joining("; ")));
            }
        }
    }

    /** What is kept of an explanation is the explanation, so that taxes that are reckoned again are found to be the same. */
    @Test
    void anExplanationIsReadAsItWasWritten() {
        for (int seed = 0; seed < 500; seed++) {
            List<Adjustment> adjustments =
                    ReckoningTotals.of(basket(new Random(seed))).adjustments();
            String kept = ApiJson.tolerant().writeValueAsString(adjustments);
            assertThat(List.of(ApiJson.tolerant().readValue(kept, Adjustment[].class)))
                    .isEqualTo(adjustments);
        }
    }

    private static void addsUp(SoftAssertions check, Basket basket, Totals totals) {
        Currency currency = basket.currency();
        int lines = basket.lines().size();
        check.assertThat(totals.subtotal()
                        .plus(totals.tax())
                        .plus(totals.shipping())
                        .minus(totals.discount()))
                .as("parts")
                .isEqualTo(totals.total());
        check.assertThat(totals.subtotal()
                        .plus(Money.sum(
                                totals.adjustments().stream()
                                        .map(Adjustment::amount)
                                        .toList(),
                                currency)))
                .as("explanation")
                .isEqualTo(totals.total());
        check.assertThat(totals.total().isNegative()).as("negative").isFalse();
        check.assertThat(basket.taxation().included() ? totals.tax() : totals.includedTax())
                .as("the other tax")
                .isEqualTo(Money.zero(currency));
        for (Adjustment adjustment : totals.adjustments()) {
            check.assertThat(adjustment.lines().size()).as("lines").isIn(0, lines);
            boolean discount = adjustment.kind() == Adjustment.Kind.DISCOUNT;
            List<Money> parts = new ArrayList<>(adjustment.lines());
            parts.add(adjustment.ofShipping());
            check.assertThat(parts)
                    .as("signs")
                    .noneMatch(part -> discount ? part.minorUnits() > 0 : part.minorUnits() < 0);
            check.assertThat(Money.sum(parts, currency)).as("parts of a step").isEqualTo(adjustment.whole());
        }
        for (int i = 0; i < lines; i++) {
            Money left = basket.lines()
                    .get(i)
                    .total()
                    .minus(totals.discountByLine(lines).get(i));
            check.assertThat(left.isNegative()).as("line below zero").isFalse();
            check.assertThat(totals.includedTaxByLine(lines).get(i))
                    .as("contained")
                    .isLessThanOrEqualTo(left);
        }
        check.assertThat(ReckoningTotals.of(new Basket(
                                currency, basket.lines(), basket.discounts(), basket.sending(), basket.taxation()))
                        .total())
                .as("reckoned again")
                .isEqualTo(totals.total());
    }

    /** Each tax is its rate of all that is taxed at it, and no part of it is a whole unit away from its exact share. */
    private static void taxesAreExact(SoftAssertions check, Basket basket, Totals totals) {
        for (TaxRate rate : basket.taxation().rates()) {
            List<BigDecimal> bases = bases(basket, totals, rate);
            BigDecimal base = bases.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal tax = share(basket, rate, base)
                    .setScale(basket.currency().getDefaultFractionDigits(), RoundingMode.HALF_UP);
            Money reckoned = totals.taxes().stream()
                    .filter(one -> one.sourceId().equals(rate.id()))
                    .map(Adjustment::whole)
                    .findFirst()
                    .orElse(Money.zero(basket.currency()));
            check.assertThat(reckoned.amount()).as(rate.name()).isEqualByComparingTo(tax);
        }
        Money all = basket.taxation().included() ? totals.includedTax() : totals.tax();
        check.assertThat(all)
                .as("all taxes")
                .isEqualTo(
                        Money.sum(totals.taxes().stream().map(Adjustment::whole).toList(), basket.currency()));
    }

    private static BigDecimal share(Basket basket, TaxRate rate, BigDecimal base) {
        BigDecimal of = basket.taxation().included() ? HUNDRED.add(rate.percent()) : HUNDRED;
        return base.multiply(rate.percent()).divide(of, 40, RoundingMode.HALF_EVEN);
    }

    /** What is taxed at the rate: of each line what it costs after its discounts, and the same of the shipping. */
    private static List<BigDecimal> bases(Basket basket, Totals totals, TaxRate rate) {
        int lines = basket.lines().size();
        List<BigDecimal> bases = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            if (basket.lines().get(i).taxCategory().equals(rate.category())) {
                bases.add(basket.lines()
                        .get(i)
                        .total()
                        .minus(totals.discountByLine(lines).get(i))
                        .amount());
            }
        }
        boolean own = basket.taxation().rates().stream()
                .anyMatch(one -> one.category().equals("shipping"));
        if (rate.category().equals(own ? "shipping" : "standard")) {
            Money discount = Money.sum(
                    totals.adjustments().stream()
                            .filter(one -> one.kind() == Adjustment.Kind.DISCOUNT)
                            .map(Adjustment::ofShipping)
                            .toList(),
                    basket.currency());
            bases.add(totals.shipping().plus(discount).amount());
        }
        return bases;
    }

    private static Basket basket(Random random) {
        Currency currency = Currency.getInstance(List.of("EUR", "USD", "JPY").get(random.nextInt(3)));
        List<Basket.Line> lines = IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> new Basket.Line(
                        Money.ofMinor(random.nextLong(20_000), currency).times(1 + random.nextInt(5)),
                        CATEGORIES.get(random.nextInt(CATEGORIES.size()))))
                .toList();
        Basket.Sending sending = random.nextInt(5) == 0
                ? null
                : new Basket.Sending(new UUID(1, 1), "Parcel", Money.ofMinor(random.nextLong(1_500), currency));
        return new Basket(
                currency,
                lines,
                discounts(random, lines, currency),
                sending,
                new Basket.Taxation(rates(random), random.nextBoolean()));
    }

    private static List<TaxRate> rates(Random random) {
        List<TaxRate> rates = new ArrayList<>();
        for (String category : List.of("standard", "reduced", "zero", "shipping")) {
            if (random.nextInt(3) > 0) {
                rates.add(new TaxRate(
                        new UUID(2, rates.size()),
                        category,
                        "tax on " + category,
                        new BigDecimal(PERCENTS.get(random.nextInt(PERCENTS.size())))));
            }
        }
        return rates;
    }

    /** A part of what the lines still cost, spread by that or taken off one of them. */
    private static List<Discount> discounts(Random random, List<Basket.Line> lines, Currency currency) {
        List<Money> left =
                new ArrayList<>(lines.stream().map(Basket.Line::total).toList());
        List<Discount> discounts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Money> parts = new ArrayList<>();
            long[] weights = left.stream().mapToLong(Money::minorUnits).toArray();
            Money all = Money.sum(left, currency);
            if (all.isZero() || random.nextInt(4) == 0) {
                int chosen = random.nextInt(lines.size());
                for (int line = 0; line < lines.size(); line++) {
                    long most = line == chosen ? left.get(line).minorUnits() : 0;
                    parts.add(Money.ofMinor(random.nextLong(most + 1), currency));
                }
            } else {
                long part = random.nextInt(6) == 0 ? all.minorUnits() : random.nextLong(all.minorUnits() + 1);
                parts.addAll(Money.ofMinor(part, currency).split(weights));
            }
            for (int line = 0; line < lines.size(); line++) {
                left.set(line, left.get(line).minus(parts.get(line)));
            }
            @Nullable String code = random.nextBoolean() ? "CODE-" + i : null;
            discounts.add(new Discount(new UUID(3, i), code, "Promotion " + i, parts, random.nextInt(4) == 0));
        }
        return discounts;
    }
}

package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CHK-01")
class ReckoningTotalsTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final TaxRate STANDARD = rate("standard", "19");
    private static final TaxRate REDUCED = rate("reduced", "7");

    private static TaxRate rate(String category, String percent) {
        return new TaxRate(UUID.randomUUID(), category, category + " " + percent, new BigDecimal(percent));
    }

    private static Money euros(String amount) {
        return Money.parse(amount, "EUR");
    }

    private static List<Money> euros(String... amounts) {
        return Arrays.stream(amounts).map(ReckoningTotalsTest::euros).toList();
    }

    private static Basket.Line line(String total, String category) {
        return new Basket.Line(euros(total), category);
    }

    private static Basket.@Nullable Sending sentFor(@Nullable String price) {
        return price == null ? null : new Basket.Sending(new UUID(0, 1), "Parcel", euros(price));
    }

    private static Discount takes(boolean freeShipping, String... amounts) {
        return new Discount(new UUID(0, 2), "CODE", "Summer", euros(amounts), freeShipping);
    }

    private static Totals totals(
            List<Basket.Line> lines,
            List<Discount> discounts,
            @Nullable String shipping,
            boolean included,
            TaxRate... rates) {
        return ReckoningTotals.of(
                new Basket(EUR, lines, discounts, sentFor(shipping), new Basket.Taxation(List.of(rates), included)));
    }

    @Test
    void withoutTaxesAndDiscountsTheTotalIsGoodsAndShipping() {
        Totals totals = totals(List.of(line("12.50", "standard"), line("3.99", "reduced")), List.of(), "4.90", false);

        assertThat(totals.total()).isEqualTo(euros("21.39"));
        assertThat(totals.adjustments()).singleElement().satisfies(shipping -> {
            assertThat(shipping.kind()).isEqualTo(Adjustment.Kind.SHIPPING);
            assertThat(shipping.label()).isEqualTo("Parcel");
            assertThat(shipping.amount()).isEqualTo(euros("4.90"));
            assertThat(shipping.lines()).isEmpty();
            assertThat(shipping.ofShipping()).isEqualTo(euros("4.90"));
        });
    }

    @Test
    void taxOnTopIsReckonedOnceForEachRateAndSpreadOverItsLines() {
        // 0.33 × 7 % is 0.0231: each line for itself would be taxed with 0.02, three of them with 0.06.
        Totals totals = totals(
                List.of(
                        line("0.33", "reduced"),
                        line("0.33", "reduced"),
                        line("10.00", "standard"),
                        line("0.33", "reduced")),
                List.of(),
                null,
                false,
                STANDARD,
                REDUCED);

        assertThat(totals.tax()).isEqualTo(euros("1.97"));
        assertThat(totals.total()).isEqualTo(euros("12.96"));
        assertThat(totals.taxes()).extracting(Adjustment::amount).containsExactly(euros("1.90"), euros("0.07"));
        assertThat(totals.taxByLine(4)).isEqualTo(euros("0.03", "0.02", "1.90", "0.02"));
        assertThat(totals.includedTaxByLine(4)).isEqualTo(euros("0.00", "0.00", "0.00", "0.00"));
    }

    @Test
    void taxThatPricesContainChangesNoTotal() {
        Totals totals = totals(
                List.of(line("119.00", "standard"), line("10.70", "reduced")),
                List.of(),
                "5.95",
                true,
                STANDARD,
                REDUCED);

        assertThat(totals.tax()).isEqualTo(euros("0.00"));
        assertThat(totals.includedTax()).isEqualTo(euros("20.65"));
        assertThat(totals.total()).isEqualTo(euros("135.65"));
        assertThat(totals.taxes())
                .allMatch(Adjustment::included)
                .extracting(Adjustment::amount)
                .containsOnly(euros("0.00"));
        assertThat(totals.taxes()).extracting(Adjustment::contained).containsExactly(euros("19.95"), euros("0.70"));
        assertThat(totals.includedTaxByLine(2)).isEqualTo(euros("19.00", "0.70"));
        assertThat(totals.taxes().getFirst().ofShipping()).isEqualTo(euros("0.95"));
    }

    @Test
    void shippingHasARateOfItsOwnOrThatOfStandardGoods() {
        List<Basket.Line> lines = List.of(line("100.00", "reduced"));
        assertThat(totals(lines, List.of(), "10.00", false, STANDARD, REDUCED).tax())
                .isEqualTo(euros("8.90"));
        assertThat(totals(lines, List.of(), "10.00", false, STANDARD, REDUCED, rate("shipping", "0"))
                        .tax())
                .isEqualTo(euros("7.00"));
        assertThat(totals(lines, List.of(), "10.00", false, REDUCED).tax()).isEqualTo(euros("7.00"));
    }

    @Test
    void whatIsTakenOffIsNotTaxedAndADiscountMayTakeTheShippingToo() {
        Totals totals = totals(
                List.of(line("50.00", "standard"), line("50.00", "reduced")),
                List.of(takes(false, "10.00", "0.00"), takes(true, "4.00", "5.00")),
                "4.90",
                false,
                STANDARD,
                REDUCED);

        assertThat(totals.discount()).isEqualTo(euros("23.90"));
        assertThat(totals.shipping()).isEqualTo(euros("4.90"));
        assertThat(totals.tax()).isEqualTo(euros("9.99"));
        assertThat(totals.total()).isEqualTo(euros("90.99"));
        assertThat(totals.discountByLine(2)).isEqualTo(euros("14.00", "5.00"));
        assertThat(totals.taxByLine(2)).isEqualTo(euros("6.84", "3.15"));
        assertThat(totals.adjustments())
                .extracting(Adjustment::kind)
                .containsExactly(
                        Adjustment.Kind.SHIPPING,
                        Adjustment.Kind.DISCOUNT,
                        Adjustment.Kind.DISCOUNT,
                        Adjustment.Kind.TAX,
                        Adjustment.Kind.TAX);
    }

    @Test
    void amountsOfACurrencyWithoutDecimalsAreRoundedToWholeOnes() {
        Currency yen = Currency.getInstance("JPY");
        Basket.Line line = new Basket.Line(Money.ofMinor(1_005, yen), "standard");
        TaxRate tenPercent = rate("standard", "10");
        Totals onTop = ReckoningTotals.of(
                new Basket(yen, List.of(line), List.of(), null, new Basket.Taxation(List.of(tenPercent), false)));
        assertThat(onTop.tax()).isEqualTo(Money.ofMinor(101, yen));
        Totals contained = ReckoningTotals.of(
                new Basket(yen, List.of(line), List.of(), null, new Basket.Taxation(List.of(tenPercent), true)));
        assertThat(contained.includedTax()).isEqualTo(Money.ofMinor(91, yen));
    }

    @Test
    void whatCostsNothingIsNotTaxed() {
        Totals totals =
                totals(List.of(line("10.00", "standard")), List.of(takes(true, "10.00")), "4.90", false, STANDARD);
        assertThat(totals.total()).isEqualTo(euros("0.00"));
        assertThat(totals.taxes()).isEmpty();
    }

    @Test
    void aDiscountThatDoesNotFitIsRefused() {
        List<Basket.Line> lines = List.of(line("10.00", "standard"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals(lines, List.of(takes(false, "10.01")), null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals(lines, List.of(takes(false, "-0.01")), null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals(lines, List.of(takes(false, "1.00", "1.00")), null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> totals(lines, List.of(takes(false, "6.00"), takes(false, "6.00")), null, false));
        assertThatThrownBy(() -> totals(List.of(line("99999999.99", "standard")), List.of(), null, false, STANDARD))
                .isInstanceOf(ArithmeticException.class);
    }
}

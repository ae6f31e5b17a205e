package org.cartulary.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Periods of sales are compared with those before. */
final class SalesFiguresTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private static SalesFigures.Sales sold(int daysAgo, String net, String currency) {
        return new SalesFigures.Sales(
                TODAY.minusDays(daysAgo), 1, 2, new SalesFigures.Sum(new BigDecimal(net), currency));
    }

    private static SalesFigures of(SalesFigures.Sales... sales) {
        return SalesFigures.of(new SalesFigures.Report(List.of(sales)), "EUR", TODAY);
    }

    @Test
    void eachPeriodIsComparedWithAsManyDaysBefore() {
        SalesFigures figures = of(
                sold(0, "120.00", "EUR"),
                sold(1, "100.00", "EUR"),
                sold(7, "400.00", "EUR"),
                sold(30, "10.00", "EUR"),
                sold(59, "5.00", "EUR"));

        assertThat(figures.periods())
                .extracting(SalesFigures.Period::net)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("120"), new BigDecimal("220"), new BigDecimal("620"));
        assertThat(figures.periods())
                .extracting(SalesFigures.Period::before)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("100"), new BigDecimal("400"), new BigDecimal("15"));
        assertThat(figures.periods())
                .extracting(SalesFigures.Period::percentMore)
                .containsExactly(20, -45, 4033);
        assertThat(figures.periods()).extracting(SalesFigures.Period::orders).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nothingIsComparedWithATimeInWhichNothingWasSold() {
        assertThat(of(sold(0, "120.00", "EUR")).periods().getFirst().percentMore())
                .isNull();
        assertThat(of(sold(0, "120.00", "EUR"), sold(1, "-5.00", "EUR"))
                        .periods()
                        .getFirst()
                        .percentMore())
                .isNull();
    }

    @Test
    void otherCurrenciesAreLeftOut() {
        assertThat(of(sold(0, "120.00", "USD")).periods().getFirst().net()).isZero();
    }

    @Test
    void everyOneOfTheLastThirtyDaysIsShown() {
        SalesFigures figures = of(sold(29, "7.00", "EUR"), sold(30, "9.00", "EUR"));

        assertThat(figures.days()).hasSize(30);
        assertThat(figures.days().getFirst())
                .isEqualTo(new SalesFigures.Day(LocalDate.of(2026, 1, 31), 1, new BigDecimal("7.00")));
        assertThat(figures.days().getLast().day()).isEqualTo(TODAY);
        assertThat(SalesFigures.firstDay(TODAY)).isEqualTo(TODAY.minusDays(59));
    }
}

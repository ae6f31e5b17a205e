package org.cartulary.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns are as high as what they stand for. */
final class ChartTest {

    private static Chart of(String... amounts) {
        List<SalesFigures.Day> days = new ArrayList<>();
        for (String amount : amounts) {
            days.add(new SalesFigures.Day(LocalDate.of(2026, 1, 1).plusDays(days.size()), 1, new BigDecimal(amount)));
        }
        return Chart.of(days);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "0.5, 10",
        "10, 10",
        "10.01, 20",
        "30, 50",
        "99.99, 100",
        "100, 100",
        "120.50, 200",
        "501, 1000",
        "1000000, 1000000"
    })
    void theUpperEdgeIsRound(BigDecimal amount, BigDecimal edge) {
        assertThat(Chart.roundAbove(amount)).isEqualByComparingTo(edge);
    }

    @Test
    void columnsStandOnTheLineOfNothing() {
        Chart chart = of("0", "50", "100");

        assertThat(chart.top()).isEqualByComparingTo("100");
        assertThat(chart.bottom()).isZero();
        assertThat(chart.zero()).isEqualTo(Chart.HEIGHT);
        assertThat(chart.columns()).extracting(Chart.Column::height).containsExactly(0, 100, 200);
        assertThat(chart.columns())
                .allSatisfy(column -> assertThat(column.y() + column.height()).isEqualTo(Chart.HEIGHT));
    }

    @Test
    void moreGivenBackThanSoldHangsBelow() {
        Chart chart = of("100", "-100");

        assertThat(chart.zero()).isEqualTo(100);
        assertThat(chart.columns().getFirst().y()).isZero();
        assertThat(chart.columns().getLast().y()).isEqualTo(100);
        assertThat(chart.columns().getLast().height()).isEqualTo(100);
    }

    @Test
    void columnsLieSideBySideWithinThePicture() {
        Chart chart = of("1", "2", "3", "4", "5", "6", "7");

        for (int i = 1; i < chart.columns().size(); i++) {
            Chart.Column before = chart.columns().get(i - 1);
            assertThat(chart.columns().get(i).x()).isGreaterThan(before.x() + before.width());
        }
        Chart.Column last = chart.columns().getLast();
        assertThat(last.x() + last.width()).isLessThanOrEqualTo(Chart.WIDTH);
    }

    @Test
    void aShopThatSoldNothingHasAnEmptyChart() {
        assertThat(of("0", "0").columns()).extracting(Chart.Column::height).containsOnly(0);
    }
}

package org.cartulary.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of days, as a picture that is {@value #WIDTH} wide and {@value #HEIGHT} high: each stands on the line of nothing, and days on
 * which more was given back than sold hang below it.
 *
 * @param top the amount at the upper edge, a round one
 * @param bottom the amount at the lower edge: nothing, or a round one below
 * @param zero how far below the upper edge nothing is
 */
record Chart(List<Column> columns, BigDecimal top, BigDecimal bottom, int zero) {

    /** How wide the picture is. */
    static final int WIDTH = 600;
    /** How high the picture is. */
    static final int HEIGHT = 200;

    private static final List<Integer> ROUND = List.of(1, 2, 5, 10);

    Chart {
        columns = List.copyOf(columns);
    }

    /** A day. */
    record Column(LocalDate day, BigDecimal amount, int x, int y, int width, int height) {}

    static Chart of(List<SalesFigures.Day> days) {
        BigDecimal top = roundAbove(days.stream().map(SalesFigures.Day::net).reduce(BigDecimal.ZERO, BigDecimal::max));
        BigDecimal least = days.stream().map(SalesFigures.Day::net).reduce(BigDecimal.ZERO, BigDecimal::min);
        BigDecimal bottom = least.signum() < 0 ? roundAbove(least.negate()).negate() : BigDecimal.ZERO;
        BigDecimal span = top.subtract(bottom);
        int zero = scaled(top, span);
        int step = WIDTH / Math.max(1, days.size());
        int width = Math.max(1, step * 3 / 4);
        List<Column> columns = new ArrayList<>();
        for (SalesFigures.Day day : days) {
            int height = scaled(day.net().abs(), span);
            int x = columns.size() * step + (step - width) / 2;
            columns.add(
                    new Column(day.day(), day.net(), x, day.net().signum() < 0 ? zero : zero - height, width, height));
        }
        return new Chart(columns, top, bottom, zero);
    }

    private static int scaled(BigDecimal amount, BigDecimal span) {
        return amount.multiply(BigDecimal.valueOf(HEIGHT))
                .divide(span, 0, RoundingMode.HALF_UP)
                .intValue();
    }

    /** The least of 10, 20, 50, 100, 200 … that is not less. */
    static BigDecimal roundAbove(BigDecimal amount) {
        if (amount.compareTo(BigDecimal.TEN) <= 0) {
            return BigDecimal.TEN;
        }
        int power = amount.precision() - amount.scale() - 1;
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(power);
        return ROUND.stream()
                .map(factor -> unit.multiply(BigDecimal.valueOf(factor)))
                .filter(round -> round.compareTo(amount) >= 0)
                .findFirst()
                .orElseThrow();
    }

    /** The amount in the middle of the part above nothing. */
    public BigDecimal middle() {
        return top.divide(BigDecimal.TWO, 1, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}

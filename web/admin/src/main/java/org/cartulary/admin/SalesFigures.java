package org.cartulary.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shop sold lately, against what it sold as long before.
 *
 * @param periods today, and the last days with today, each against those before
 * @param days the last {@value #SHOWN_DAYS}, the earliest first, with those on which nothing was sold
 */
record SalesFigures(List<Period> periods, List<Day> days) {

    /** How many days are shown one by one. */
    static final int SHOWN_DAYS = 30;

    private static final List<Integer> LENGTHS = List.of(1, 7, SHOWN_DAYS);
    private static final int HUNDRED = 100;

    SalesFigures {
        periods = List.copyOf(periods);
        days = List.copyOf(days);
    }

    /** An amount as the API writes it, which may be less than nothing. */
    record Sum(BigDecimal amount, String currency) {}

    /** What the API tells of a day. */
    record Sales(LocalDate day, long orders, long units, Sum net) {}

    /** What the API tells of a time. */
    record Report(List<Sales> items) {}

    /**
     * What was sold on a day.
     *
     * @param net what was paid, less what was given back
     */
    record Day(LocalDate day, long orders, BigDecimal net) {}

    /**
     * What was sold in some days.
     *
     * @param length how many days
     * @param before what was sold in as many days before
     */
    record Period(int length, long orders, BigDecimal net, BigDecimal before) {

        /** By how many per cent it is more than before; {@code null} where nothing was sold then. */
        public @Nullable Integer percentMore() {
            return before.signum() <= 0
                    ? null
                    : net.subtract(before)
                            .multiply(BigDecimal.valueOf(HUNDRED))
                            .divide(before, 0, RoundingMode.HALF_UP)
                            .intValue();
        }
    }

    /** From which day on a report is needed. */
    static LocalDate firstDay(LocalDate today) {
        return today.minusDays(2L * SHOWN_DAYS - 1);
    }

    /** Of what was sold in one currency. */
    static SalesFigures of(Report report, String currency, LocalDate today) {
        Map<LocalDate, Day> sold = new HashMap<>();
        for (Sales sales : report.items()) {
            if (sales.net().currency().equals(currency)) {
                sold.put(
                        sales.day(),
                        new Day(sales.day(), sales.orders(), sales.net().amount()));
            }
        }
        List<Period> periods = new ArrayList<>();
        for (int length : LENGTHS) {
            List<Day> now = days(sold, today, length);
            periods.add(new Period(
                    length,
                    now.stream().mapToLong(Day::orders).sum(),
                    net(now),
                    net(days(sold, today.minusDays(length), length))));
        }
        return new SalesFigures(periods, days(sold, today, SHOWN_DAYS));
    }

    private static List<Day> days(Map<LocalDate, Day> sold, LocalDate last, int length) {
        return last.minusDays(length - 1L)
                .datesUntil(last.plusDays(1))
                .map(day -> sold.getOrDefault(day, new Day(day, 0, BigDecimal.ZERO)))
                .toList();
    }

    private static BigDecimal net(List<Day> days) {
        return days.stream().map(Day::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

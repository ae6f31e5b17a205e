package org.cartulary.app.retail;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Orders, lines, units and total of each month. */
record MonthlySales(SortedMap<YearMonth, Figures> months) {

    /** The figures of a month, or of several. */
    record Figures(long orders, long lines, long units, BigDecimal total) {

        static final Figures NONE = new Figures(0, 0, 0, new BigDecimal("0.00"));

        Figures plus(Figures other) {
            return new Figures(orders + other.orders, lines + other.lines, units + other.units, total.add(other.total));
        }

        /** Whether all four are the same; totals are compared by value. */
        boolean equalTo(Figures other) {
            return orders == other.orders
                    && lines == other.lines
                    && units == other.units
                    && total.compareTo(other.total) == 0;
        }
    }

    static MonthlySales of(List<RetailInvoice> invoices) {
        SortedMap<YearMonth, Figures> months = new TreeMap<>();
        for (RetailInvoice invoice : invoices) {
            BigDecimal total = invoice.lines().stream().map(RetailLine::value).reduce(BigDecimal.ZERO, BigDecimal::add);
            long units =
                    invoice.lines().stream().mapToLong(RetailLine::quantity).sum();
            months.merge(invoice.month(), new Figures(1, invoice.lines().size(), units, total), Figures::plus);
        }
        return new MonthlySales(months);
    }

    /** The figures as the platform reports them. */
    static MonthlySales of(JsonNode report) {
        SortedMap<YearMonth, Figures> months = new TreeMap<>();
        for (JsonNode month : report.path("items")) {
            months.put(
                    YearMonth.parse(month.path("month").asString()),
                    new Figures(
                            month.path("orders").asLong(),
                            month.path("lines").asLong(),
                            month.path("units").asLong(),
                            new BigDecimal(month.path("total").path("amount").asString())));
        }
        return new MonthlySales(months);
    }

    Figures of(YearMonth month) {
        return months.getOrDefault(month, Figures.NONE);
    }

    Figures total() {
        return months.values().stream().reduce(Figures.NONE, Figures::plus);
    }
}

package org.cartulary.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Figures on the orders of a shop. Thread-safe. */
final class OrderReports {

    private final Database database;

    OrderReports(Database database) {
        this.database = database;
    }

    /**
     * A month of orders.
     *
     * @param total amount and currency; a sum over a month may exceed what one amount of money may be
     */
    record Month(String month, long orders, long lines, long units, Total total) {}

    /** A sum of money of any size, as a decimal number. */
    record Total(String amount, String currency) {

        static Total of(BigDecimal amount, String currency) {
            int decimals = Money.currencyOf(currency).getDefaultFractionDigits();
            return new Total(amount.setScale(decimals).toPlainString(), currency);
        }

        Total plus(Total other) {
            return of(new BigDecimal(amount).add(new BigDecimal(other.amount)), currency);
        }
    }

    /** All months. */
    record Months(List<Month> items) {}

    /**
     * The orders that are not cancelled, by the month in which they were placed and by currency.
     *
     * @param timeZone the IANA time zone in which days and months begin
     * @param until the first day that is left out, {@code null} for all days
     */
    Months byMonth(String timeZone, @Nullable LocalDate until) {
        ReportPeriod period = new ReportPeriod(null, until, timeZone);
        return new Months(database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT to_char(date_trunc('month', placed_at AT TIME ZONE :timeZone), 'YYYY-MM') AS month,
                               count(*) AS orders, sum(line_count) AS lines, sum(unit_count) AS units,
                               sum(total_amount) AS total, currency
                        FROM orders
                        WHERE tenant_id = :tenantId AND status <> 'CANCELLED'
                          AND placed_at < coalesce(cast(:end AS timestamptz), 'infinity')
                        GROUP BY 1, currency
                        ORDER BY 1, currency
                        """)
                .param("timeZone", timeZone)
                .param("end", period.end() == null ? null : Sql.timestamp(period.requireEnd()))
                .param("tenantId", RequestContext.currentTenant())
                .query((row, number) -> new Month(
                        row.getString("month"),
                        row.getLong("orders"),
                        row.getLong("lines"),
                        row.getLong("units"),
                        Total.of(row.getBigDecimal("total"), row.getString("currency"))))
                .list()));
    }
}

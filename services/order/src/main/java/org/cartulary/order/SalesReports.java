package org.cartulary.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.order.OrderReports.Total;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.http.Pages;
import org.jspecify.annotations.Nullable;

/**
 * What a shop sold in a period. Orders count that are paid and not cancelled, with the day on which they were placed; what was given back
 * for them counts with the day on which it was. Read from the orders themselves along an index of their times. Thread-safe.
 */
final class SalesReports {

    /** The longest period. */
    static final int MAX_DAYS = 366;

    private static final String SOLD = "status NOT IN ('CREATED', 'CANCELLED')";

    private final Database database;

    SalesReports(Database database) {
        this.database = database;
    }

    /** How long each line of a report is. */
    enum Step {
        DAY,
        WEEK,
        MONTH
    }

    /**
     * What was sold in one day, or a longer step, and one currency.
     *
     * @param day the first one of the step, a Monday where it is a week
     * @param gross what buyers pay, with shipping and taxes
     * @param refunds what was given back in this time, whenever it was paid
     * @param net gross less refunds, which may be less than nothing
     */
    record Sales(LocalDate day, long orders, long units, Total gross, Total refunds, Total net) {}

    /** What was sold in the whole period in one currency; parts as in {@link Sales}. */
    record Sum(long orders, long units, Total gross, Total refunds, Total net) {

        private Sum plus(Sales sales) {
            return new Sum(
                    orders + sales.orders(),
                    units + sales.units(),
                    gross.plus(sales.gross()),
                    refunds.plus(sales.refunds()),
                    net.plus(sales.net()));
        }
    }

    /**
     * The sales of a period.
     *
     * @param until the first day that is left out
     * @param totals of the whole period, one for each currency
     * @param items in the order of their days; a day on which nothing was sold or given back is left out
     */
    record Report(LocalDate from, LocalDate until, String timeZone, List<Sum> totals, List<Sales> items) {}

    /**
     * How a product sold in one currency.
     *
     * @param sku as it was in one of the orders, as is the name
     * @param units that were bought, whatever became of them
     * @param revenue the lines less their discounts, before what is added for shipping and taxes
     */
    record Seller(UUID productId, String sku, String name, long units, Total revenue) {}

    /** The products that sold most, by units. */
    record BestSellers(LocalDate from, LocalDate until, List<Seller> items) {}

    /** The sales of a period of at most {@value #MAX_DAYS} days. */
    Report sales(LocalDate from, LocalDate until, String timeZone, Step step) {
        ReportPeriod period = new ReportPeriod(from, until, timeZone).ofAtMost(MAX_DAYS);
        List<Sales> items = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        WITH sales AS (
                            SELECT date_trunc(:step, placed_at AT TIME ZONE :timeZone)::date AS day, currency, count(*) AS orders,
                                   sum(unit_count) AS units, sum(total_amount) AS gross
                            FROM orders
                            WHERE tenant_id = :tenantId AND placed_at >= :begin AND placed_at < :end AND %s
                            GROUP BY 1, 2
                        ), refunds AS (
                            SELECT date_trunc(:step, r.ended_at AT TIME ZONE :timeZone)::date AS day, o.currency,
                                   sum(r.amount) AS refunded
                            FROM order_refunds r
                            JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
                            WHERE r.tenant_id = :tenantId AND r.status = 'COMPLETED' AND r.ended_at >= :begin AND r.ended_at < :end
                              AND o.%s
                            GROUP BY 1, 2
                        )
                        SELECT day, currency, coalesce(orders, 0) AS orders, coalesce(units, 0) AS units, coalesce(gross, 0) AS gross,
                               coalesce(refunded, 0) AS refunded
                        FROM sales
                        FULL JOIN refunds USING (day, currency)
                        ORDER BY day, currency
                        """.formatted(SOLD, SOLD))
                .param("step", step.name().toLowerCase(Locale.ROOT))
                .param("timeZone", timeZone)
                .param("tenantId", RequestContext.currentTenant())
                .param("begin", Sql.timestamp(period.requireBegin()))
                .param("end", Sql.timestamp(period.requireEnd()))
                .query((row, number) -> sales(row))
                .list());
        return new Report(from, until, timeZone, totals(items), items);
    }

    private static Sales sales(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        BigDecimal gross = row.getBigDecimal("gross");
        BigDecimal refunded = row.getBigDecimal("refunded");
        return new Sales(
                row.getObject("day", LocalDate.class),
                row.getLong("orders"),
                row.getLong("units"),
                Total.of(gross, currency),
                Total.of(refunded, currency),
                Total.of(gross.subtract(refunded), currency));
    }

    private static List<Sum> totals(List<Sales> items) {
        Map<String, Sum> totals = new TreeMap<>();
        for (Sales sales : items) {
            Total nothing = Total.of(BigDecimal.ZERO, sales.gross().currency());
            totals.merge(
                    nothing.currency(),
                    new Sum(0, 0, nothing, nothing, nothing).plus(sales),
                    (before, _) -> before.plus(sales));
        }
        return new ArrayList<>(totals.values());
    }

    /** The products that sold most in a period of at most {@value #MAX_DAYS} days; those that sold equally by what they brought. */
    BestSellers bestSellers(LocalDate from, LocalDate until, String timeZone, @Nullable Integer limit) {
        ReportPeriod period = new ReportPeriod(from, until, timeZone).ofAtMost(MAX_DAYS);
        int length = Pages.limit(limit);
        return new BestSellers(
                from,
                until,
                database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                                SELECT i.product_id, o.currency, max(i.sku) AS sku, max(i.name) AS name, sum(i.quantity) AS units,
                                       sum(i.total_price - i.discount_amount) AS revenue
                                FROM orders o
                                JOIN order_items i ON i.tenant_id = o.tenant_id AND i.order_id = o.id
                                WHERE o.tenant_id = :tenantId AND o.placed_at >= :begin AND o.placed_at < :end AND o.%s
                                GROUP BY i.product_id, o.currency
                                ORDER BY units DESC, revenue DESC, i.product_id, o.currency
                                LIMIT :limit
                                """.formatted(SOLD))
                        .param("tenantId", RequestContext.currentTenant())
                        .param("begin", Sql.timestamp(period.requireBegin()))
                        .param("end", Sql.timestamp(period.requireEnd()))
                        .param("limit", length)
                        .query((row, number) -> new Seller(
                                row.getObject("product_id", UUID.class),
                                row.getString("sku"),
                                row.getString("name"),
                                row.getLong("units"),
                                Total.of(row.getBigDecimal("revenue"), row.getString("currency"))))
                        .list()));
    }
}

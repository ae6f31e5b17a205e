package org.cartulary.inventory;

import java.time.LocalDate;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** How well suppliers deliver, reckoned from purchase orders and their receipts whenever it is asked for. Thread-safe. */
final class SupplierMeasures {

    private final Database database;

    SupplierMeasures(Database database) {
        this.database = database;
    }

    /** The performance from the first to the last day, by the day expected, in UTC; 404 {@code supplier-not-found}. */
    SupplierPerformance measure(UUID supplierId, LocalDate since, LocalDate until) {
        return database.inReadTransaction(tx -> Suppliers.requireKnown(tx, supplierId)
                .jdbc()
                .sql("""
                        WITH lines AS (
                            SELECT o.id, l.quantity, least(l.received_quantity, l.quantity) AS received,
                                   coalesce(come.in_time, 0) >= l.quantity AS is_in_time, come.units, come.unit_days
                            FROM inventory_purchase_orders o
                            JOIN inventory_purchase_order_lines l
                                ON l.tenant_id = o.tenant_id AND l.purchase_order_id = o.id
                            CROSS JOIN LATERAL (
                                SELECT sum(r.quantity) FILTER (WHERE r.day <= o.expected_on) AS in_time,
                                       sum(r.quantity) AS units,
                                       sum(r.quantity * greatest(r.day - o.expected_on, 0)::bigint) AS unit_days
                                FROM (SELECT quantity, (received_at AT TIME ZONE 'UTC')::date AS day
                                      FROM inventory_purchase_receipts
                                      WHERE tenant_id = l.tenant_id AND purchase_order_id = l.purchase_order_id
                                        AND product_id = l.product_id) AS r) AS come
                            WHERE o.tenant_id = :tenant AND o.supplier_id = :supplier
                              AND o.expected_on >= :since AND o.expected_on <= :until
                        ), orders AS (
                            SELECT bool_and(is_in_time) AS is_in_time, sum(quantity) AS quantity,
                                   sum(received) AS received, sum(units) AS units, sum(unit_days) AS unit_days
                            FROM lines
                            GROUP BY id
                        )
                        SELECT count(*) AS orders, count(*) FILTER (WHERE is_in_time) AS orders_on_time,
                               coalesce(sum(quantity), 0) AS ordered, coalesce(sum(received), 0) AS received,
                               round(count(*) FILTER (WHERE is_in_time)::numeric / nullif(count(*), 0), 4) AS on_time_share,
                               round(sum(received)::numeric / nullif(sum(quantity), 0), 4) AS fill_rate,
                               round(sum(unit_days)::numeric / nullif(sum(units), 0), 2) AS days_late
                        FROM orders
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("supplier", supplierId)
                .param("since", since)
                .param("until", until)
                .query((row, number) -> new SupplierPerformance(
                        since,
                        until,
                        row.getLong("orders"),
                        row.getLong("orders_on_time"),
                        row.getLong("ordered"),
                        row.getLong("received"),
                        row.getBigDecimal("on_time_share"),
                        row.getBigDecimal("fill_rate"),
                        row.getBigDecimal("days_late")))
                .single());
    }
}

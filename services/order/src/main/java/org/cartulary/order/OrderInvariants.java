package org.cartulary.order;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** Proves the records of the order service, over all tenants and in one snapshot. Thread-safe. */
final class OrderInvariants {

    /** Each of them answers with one row per order, and {@code breach} says in words what is wrong, or is NULL. */
    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofQuery(
                    "total-equals-parts",
                    "An order's subtotal is the sum of its lines, and its total is subtotal + tax + shipping - discount",
                    """
                    SELECT CASE
                        WHEN o.subtotal IS DISTINCT FROM l.total
                          OR o.total_amount <> l.total + o.tax_amount + o.shipping_amount - o.discount_amount
                        THEN format('order %s of tenant %s: lines %s, subtotal %s, total %s',
                                    o.id, o.tenant_id, l.total, o.subtotal, o.total_amount) END AS breach
                    FROM orders o
                    LEFT JOIN (SELECT tenant_id, order_id, sum(total_price) AS total
                               FROM order_items GROUP BY tenant_id, order_id) l
                      ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                    """),
            SqlInvariant.ofQuery(
                    "counts-match-lines",
                    "An order's numbers of lines and units are those of its lines, which are numbered without gaps",
                    """
                    SELECT CASE
                        WHEN l.lines IS DISTINCT FROM o.line_count::bigint OR l.units IS DISTINCT FROM o.unit_count
                          OR l.last_line <> o.line_count
                        THEN format('order %s of tenant %s: %s lines and %s units, its row says %s and %s',
                                    o.id, o.tenant_id, l.lines, l.units, o.line_count, o.unit_count) END AS breach
                    FROM orders o
                    LEFT JOIN (SELECT tenant_id, order_id, count(*) AS lines, sum(quantity) AS units,
                                      max(line_number) AS last_line
                               FROM order_items GROUP BY tenant_id, order_id) l
                      ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                    """),
            SqlInvariant.ofQuery("status-matches-history", "The last row of an order's history says its status", """
                    SELECT CASE
                        WHEN h.status_to IS DISTINCT FROM o.status
                        THEN format('order %s of tenant %s: status %s, history %s',
                                    o.id, o.tenant_id, o.status, h.status_to) END AS breach
                    FROM orders o
                    LEFT JOIN (SELECT DISTINCT ON (tenant_id, order_id) tenant_id, order_id, status_to
                               FROM order_status_history ORDER BY tenant_id, order_id, order_version DESC) h
                      ON h.tenant_id = o.tenant_id AND h.order_id = o.id
                    """),
            SqlInvariant.ofQuery(
                    "history-is-legal",
                    "Every row of an order's history is a legal transition from the status of the row before it",
                    """
                    SELECT CASE
                        WHEN t.id IS NULL OR h.status_from IS DISTINCT FROM h.status_before
                        THEN format('order %s of tenant %s, version %s: from %s to %s after %s',
                                    h.order_id, h.tenant_id, h.order_version, h.status_from, h.status_to,
                                    h.status_before) END AS breach
                    FROM (SELECT tenant_id, order_id, order_version, status_from, status_to,
                                 lag(status_to) OVER (PARTITION BY tenant_id, order_id ORDER BY order_version)
                                     AS status_before
                          FROM order_status_history) h
                    LEFT JOIN order_state_transitions t
                      ON coalesce(t.from_state, '') = coalesce(h.status_from, '') AND t.to_state = h.status_to
                    """),
            SqlInvariant.ofQuery(
                    "paid-order-has-payment",
                    "An order that is paid has a payment, and one that was never paid has none",
                    """
                    SELECT CASE
                        WHEN (paid_at IS NOT NULL) <> (payment_id IS NOT NULL)
                          OR (status NOT IN ('CREATED', 'CANCELLED') AND payment_id IS NULL)
                        THEN format('order %s of tenant %s: status %s, paid at %s, payment %s',
                                    id, tenant_id, status, paid_at, payment_id) END AS breach
                    FROM orders
                    """),
            SqlInvariant.ofQuery(
                    "external-reference-unique", "No two orders of a shop have one external reference", """
                    SELECT CASE WHEN count(*) > 1
                        THEN format('reference %s of tenant %s: %s orders', external_reference, tenant_id, count(*))
                        END AS breach
                    FROM orders
                    WHERE external_reference IS NOT NULL
                    GROUP BY tenant_id, external_reference
                    """),
            SqlInvariant.ofQuery(
                    "cancelled-before-created", "No order exists that was cancelled before it was created", """
                    SELECT CASE WHEN o.id IS NOT NULL
                        THEN format('order %s of tenant %s: status %s', t.id, t.tenant_id, o.status) END AS breach
                    FROM order_tombstones t
                    LEFT JOIN orders o ON o.tenant_id = t.tenant_id AND o.id = t.id
                    """));

    private final Database database;

    OrderInvariants(Database database) {
        this.database = database;
    }

    List<InvariantResult> check() {
        return SqlInvariant.check(database, INVARIANTS);
    }
}

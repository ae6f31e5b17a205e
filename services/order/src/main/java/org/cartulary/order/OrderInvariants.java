package org.cartulary.order;

import java.util.List;
import java.util.stream.Stream;
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
                    "total-is-explained",
                    "An order's adjustments lead from its subtotal to its total and make its tax, shipping and discount; only an"
                            + " order of nothing but goods and shipping may do without",
                    """
                    SELECT CASE
                        WHEN (o.tax_amount, o.included_tax_amount, o.discount_amount) <> (a.tax, a.contained, -a.discount)
                          OR (a.steps > 0 AND o.total_amount <> o.subtotal + a.amount)
                        THEN format('order %s of tenant %s: total %s, explained %s; tax %s, %s; contained %s, %s; discount %s, %s',
                                    o.id, o.tenant_id, o.total_amount, o.subtotal + a.amount, o.tax_amount, a.tax,
                                    o.included_tax_amount, a.contained, o.discount_amount, -a.discount) END AS breach
                    FROM orders o
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS steps, coalesce(sum((x -> 'amount' ->> 'amount')::numeric), 0) AS amount,
                            coalesce(sum((x -> 'amount' ->> 'amount')::numeric) FILTER (WHERE x ->> 'kind' = 'TAX'), 0) AS tax,
                            coalesce(sum((x -> 'contained' ->> 'amount')::numeric), 0) AS contained,
                            coalesce(sum((x -> 'amount' ->> 'amount')::numeric) FILTER (WHERE x ->> 'kind' = 'DISCOUNT'), 0)
                                AS discount
                        FROM jsonb_array_elements(o.adjustments) x) a
                    """),
            SqlInvariant.ofQuery(
                    "lines-match-explanation",
                    "What an order's adjustments say of a line is its discount and its tax",
                    """
                    SELECT CASE
                        WHEN (i.discount_amount, i.tax_amount, i.included_tax_amount) <> (-a.discount, a.tax, a.contained)
                        THEN format('order %s of tenant %s, line %s: discount %s, %s; tax %s, %s; contained %s, %s', i.order_id,
                                    i.tenant_id, i.line_number, i.discount_amount, -a.discount, i.tax_amount, a.tax,
                                    i.included_tax_amount, a.contained) END AS breach
                    FROM order_items i
                    JOIN orders o ON o.tenant_id = i.tenant_id AND o.id = i.order_id
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(l.part) FILTER (WHERE x ->> 'kind' = 'DISCOUNT'), 0) AS discount,
                            coalesce(sum(l.part) FILTER (WHERE x ->> 'kind' = 'TAX' AND x ->> 'included' = 'false'), 0) AS tax,
                            coalesce(sum(l.part) FILTER (WHERE x ->> 'kind' = 'TAX' AND x ->> 'included' = 'true'), 0) AS contained
                        FROM jsonb_array_elements(o.adjustments) x
                        CROSS JOIN LATERAL (SELECT (x -> 'lines' -> (i.line_number - 1) ->> 'amount')::numeric AS part) l) a
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
                        AND t.through_state IS NULL
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
                    """),
            SqlInvariant.ofQuery(
                    "cancelled-order-is-undone",
                    "The payment of a cancelled order is cancelled or given back, or a saga is under way that sees to it",
                    """
                    SELECT CASE
                        WHEN o.payment_status IN ('AUTHORIZED', 'CAPTURED', 'SETTLED', 'PARTIALLY_REFUNDED')
                          AND s.order_id IS NULL
                        THEN format('order %s of tenant %s is cancelled, its payment %s and no saga under way',
                                    o.id, o.tenant_id, o.payment_status) END AS breach
                    FROM orders o
                    LEFT JOIN (SELECT DISTINCT tenant_id, saga_data ->> 'orderId' AS order_id
                               FROM saga_instances
                               WHERE saga_type = 'cancel-order' AND status = 'started') s
                      ON s.tenant_id = o.tenant_id AND s.order_id = o.id::text
                    WHERE o.status = 'CANCELLED'
                    """),
            SqlInvariant.ofQuery(
                    "unpaid-order-expires", "No order is unpaid for an hour longer than its shop allows", """
                    SELECT CASE
                        WHEN payment_due_at < now() - interval '1 hour'
                        THEN format('order %s of tenant %s: payment was due at %s', id, tenant_id, payment_due_at)
                        END AS breach
                    FROM orders
                    WHERE status = 'CREATED'
                    """),
            SqlInvariant.ofQuery(
                    "refunded-equals-refunds",
                    "What was given back for an order is the sum of its completed refunds, and all of it where it is REFUNDED",
                    """
                    SELECT CASE
                        WHEN o.refunded_amount <> coalesce(r.completed, 0)
                          OR (o.status = 'REFUNDED' AND o.refunded_amount <> o.total_amount)
                        THEN format('order %s of tenant %s: status %s, total %s, given back %s, refunds %s',
                                    o.id, o.tenant_id, o.status, o.total_amount, o.refunded_amount, r.completed)
                        END AS breach
                    FROM orders o
                    LEFT JOIN (SELECT tenant_id, order_id, sum(amount) FILTER (WHERE status = 'COMPLETED') AS completed
                               FROM order_refunds GROUP BY tenant_id, order_id) r
                      ON r.tenant_id = o.tenant_id AND r.order_id = o.id
                    """),
            SqlInvariant.ofQuery(
                    "wholly-refunded-order-is-refunded",
                    "An order of which everything was given back is refunded or cancelled, so that nobody sends it",
                    """
                    SELECT CASE
                        WHEN status NOT IN ('REFUNDED', 'CANCELLED')
                        THEN format('order %s of tenant %s is %s, and %s of %s is given back', id, tenant_id, status,
                                    refunded_amount, total_amount) END AS breach
                    FROM orders
                    WHERE payment_status = 'REFUNDED' AND refunded_amount = total_amount AND total_amount > 0
                    """),
            SqlInvariant.ofQuery(
                    "pending-refund-has-saga",
                    "A refund whose outcome is open has a saga under way that finds out",
                    """
                    SELECT CASE
                        WHEN s.saga_id IS NULL
                        THEN format('refund %s of order %s of tenant %s: %s, restock %s', r.id, r.order_id, r.tenant_id,
                                    r.status, r.restock_status) END AS breach
                    FROM order_refunds r
                    LEFT JOIN saga_instances s
                      ON s.tenant_id = r.tenant_id AND s.saga_id = r.id AND s.saga_type = 'refund-order'
                        AND s.status IN ('started', 'compensating')
                    WHERE r.status = 'PENDING' OR (r.status = 'COMPLETED' AND r.restock_status = 'PENDING')
                    """),
            SqlInvariant.ofQuery(
                    "refund-returns-at-most-sold",
                    "Of each product of an order no more units come back than were sold",
                    """
                    SELECT CASE
                        WHEN b.units > coalesce(l.units, 0)
                        THEN format('order %s of tenant %s, product %s: %s units came back, %s were sold',
                                    b.order_id, b.tenant_id, b.product_id, b.units, l.units) END AS breach
                    FROM (SELECT r.tenant_id, r.order_id, i.product_id, sum(i.quantity) AS units
                          FROM order_refunds r
                          JOIN order_refund_items i ON i.tenant_id = r.tenant_id AND i.refund_id = r.id
                          WHERE r.status <> 'REFUSED' AND r.restock_status <> 'REFUSED'
                          GROUP BY r.tenant_id, r.order_id, i.product_id) b
                    LEFT JOIN (SELECT tenant_id, order_id, product_id, sum(quantity) AS units
                               FROM order_items GROUP BY tenant_id, order_id, product_id) l
                      ON l.tenant_id = b.tenant_id AND l.order_id = b.order_id AND l.product_id = b.product_id
                    """),
            SqlInvariant.ofQuery(
                    "notes-go-with-the-buyer", "Nothing is noted on an order whose buyer was erased", """
                    SELECT CASE
                        WHEN o.erased_at IS NOT NULL
                        THEN format('order %s of tenant %s: a note, and the buyer was erased at %s', o.id, o.tenant_id, o.erased_at)
                        END AS breach
                    FROM order_notes n
                    JOIN orders o ON o.tenant_id = n.tenant_id AND o.id = n.order_id
                    """));

    private final Database database;

    OrderInvariants(Database database) {
        this.database = database;
    }

    List<InvariantResult> check() {
        return SqlInvariant.check(
                database,
                Stream.concat(INVARIANTS.stream(), ShipmentInvariants.ALL.stream())
                        .toList());
    }
}

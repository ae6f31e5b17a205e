package org.cartulary.checkout;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.checkout.CheckoutFact;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What the records of checkouts say, over all tenants: for the reconciler. Thread-safe. */
record CheckoutRecords(Database database) {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "checkout-totals-add-up",
                    "The subtotal of a checkout is the sum of its lines.",
                    "checkout_sessions",
                    """
                    SELECT format('checkout %s of tenant %s: lines %s, subtotal %s', c.id, c.tenant_id, l.total, c.subtotal)
                    FROM checkout_sessions c
                    CROSS JOIN LATERAL (
                        SELECT sum((line ->> 'quantity')::numeric * (line ->> 'unitPrice')::numeric) AS total
                        FROM jsonb_array_elements(c.lines) line) l
                    WHERE c.subtotal IS DISTINCT FROM l.total
                    """),
            SqlInvariant.ofListing(
                    "checkout-totals-are-explained",
                    "The adjustments of a checkout lead from its subtotal to its total, and make its tax, shipping and discount; only a"
                            + " checkout of nothing but goods and shipping may do without.",
                    "checkout_sessions",
                    """
                    SELECT format('checkout %s of tenant %s: total %s, explained %s; tax %s, %s; contained %s, %s; discount %s, %s',
                                  c.id, c.tenant_id, c.total_amount, c.subtotal + a.amount, c.tax_amount, a.tax,
                                  c.included_tax_amount, a.contained, c.discount_amount, -a.discount)
                    FROM checkout_sessions c
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS steps, coalesce(sum((x -> 'amount' ->> 'amount')::numeric), 0) AS amount,
                            coalesce(sum((x -> 'amount' ->> 'amount')::numeric) FILTER (WHERE x ->> 'kind' = 'TAX'), 0) AS tax,
                            coalesce(sum((x -> 'contained' ->> 'amount')::numeric), 0) AS contained,
                            coalesce(sum((x -> 'amount' ->> 'amount')::numeric) FILTER (WHERE x ->> 'kind' = 'DISCOUNT'), 0)
                                AS discount
                        FROM jsonb_array_elements(c.adjustments) x) a
                    WHERE (c.tax_amount, c.included_tax_amount, c.discount_amount) <> (a.tax, a.contained, -a.discount)
                       OR (a.steps > 0 AND c.total_amount <> c.subtotal + a.amount)
                    """),
            SqlInvariant.ofListing(
                    "completed-checkout-has-completed-saga",
                    "A completed checkout names the order of a completed saga, and one that is being completed that of a running saga.",
                    "checkout_sessions WHERE status IN ('COMPLETING', 'COMPLETED')",
                    """
                    SELECT format('checkout %s of tenant %s is %s, its saga %s', c.id, c.tenant_id, c.status,
                                  coalesce(s.status, 'does not exist'))
                    FROM checkout_sessions c
                    LEFT JOIN saga_instances s ON s.tenant_id = c.tenant_id AND s.saga_id = c.order_id
                    WHERE (c.status = 'COMPLETED' AND s.status IS DISTINCT FROM 'completed')
                       OR (c.status = 'COMPLETING'
                           AND (s.status IS NULL OR s.status NOT IN ('started', 'compensating', 'failed')))
                    """),
            SqlInvariant.ofListing(
                    "completed-saga-has-completed-checkout",
                    "The checkout of a completed saga is completed, until it is deleted.",
                    "saga_instances WHERE saga_type IN ('place-order', 'place-order.v2') AND status = 'completed'",
                    """
                    SELECT format('saga %s of tenant %s is completed, checkout %s is %s', s.saga_id, s.tenant_id, c.id, c.status)
                    FROM saga_instances s
                    JOIN checkout_sessions c
                      ON c.tenant_id = s.tenant_id AND c.id = (s.saga_data ->> 'checkoutId')::uuid
                    WHERE s.saga_type IN ('place-order', 'place-order.v2') AND s.status = 'completed'
                      AND (c.status <> 'COMPLETED' OR c.order_id IS DISTINCT FROM s.saga_id)
                    """));

    /** Checks all invariants in one snapshot. */
    List<InvariantResult> check() {
        return SqlInvariant.check(database, INVARIANTS);
    }

    /** The sagas that place orders. */
    FactPage<CheckoutFact> facts(FactsAfter query) {
        if (query.limit() < 1 || query.limit() > 10_000) {
            throw new IllegalArgumentException("a page has 1 to 10,000 facts, not " + query.limit());
        }
        return new FactPage<>(database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, saga_id, status, saga_data -> 'total' ->> 'amount' AS amount,
                               saga_data -> 'total' ->> 'currency' AS currency
                        FROM saga_instances
                        WHERE saga_type IN ('place-order', 'place-order.v2') AND (tenant_id, saga_id) > (:tenantId, :orderId)
                        ORDER BY tenant_id, saga_id
                        LIMIT :limit
                        """)
                .param("tenantId", query.tenantId() == null ? new UUID(0, 0) : query.tenantId())
                .param("orderId", query.orderId() == null ? new UUID(0, 0) : query.orderId())
                .param("limit", query.limit())
                .query((row, number) -> new CheckoutFact(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("saga_id", UUID.class),
                        row.getString("status"),
                        Money.parse(row.getString("amount"), row.getString("currency"))))
                .list()));
    }
}

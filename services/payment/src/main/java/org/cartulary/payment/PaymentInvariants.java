package org.cartulary.payment;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** Proves the records of the payment service, over all tenants and in one snapshot. Thread-safe. */
final class PaymentInvariants {

    /** Each of them answers with one row per thing checked, and {@code breach} says in words what is wrong, or is NULL. */
    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofQuery(
                    "amounts-equal-transactions",
                    "What was taken and given back, or is about to be, is the sum of the transactions, and of the refunds",
                    """
                    SELECT CASE
                        WHEN p.captured_amount <> coalesce(t.captured, 0)
                          OR p.refunded_amount <> coalesce(t.refunded, 0)
                          OR p.refunding_amount <> coalesce(t.refunding, 0)
                          OR p.refunded_amount <> coalesce(r.refunded, 0)
                        THEN format('payment %s of tenant %s: captured %s of %s, refunded %s of %s and %s, refunding %s of %s',
                                    p.id, p.tenant_id, p.captured_amount, t.captured, p.refunded_amount, t.refunded,
                                    r.refunded, p.refunding_amount, t.refunding) END AS breach
                    FROM payments p
                    LEFT JOIN (SELECT tenant_id, payment_id,
                                      sum(amount) FILTER (WHERE transaction_type = 'CAPTURE' AND status = 'SUCCEEDED')
                                          AS captured,
                                      sum(amount) FILTER (WHERE transaction_type = 'REFUND' AND status = 'SUCCEEDED')
                                          AS refunded,
                                      sum(amount) FILTER (WHERE transaction_type = 'REFUND' AND status = 'PENDING')
                                          AS refunding
                               FROM payment_transactions WHERE status <> 'FAILED'
                               GROUP BY tenant_id, payment_id) t
                      ON t.tenant_id = p.tenant_id AND t.payment_id = p.id
                    LEFT JOIN (SELECT tenant_id, payment_id, sum(amount) AS refunded
                               FROM refunds GROUP BY tenant_id, payment_id) r
                      ON r.tenant_id = p.tenant_id AND r.payment_id = p.id
                    """),
            SqlInvariant.ofQuery(
                    "refunds-within-capture",
                    "What was given back, with what is about to be, is no more than was taken",
                    """
                    SELECT CASE WHEN refunding_amount < 0 OR refunded_amount + refunding_amount > captured_amount
                        THEN format('payment %s of tenant %s: captured %s, refunded %s, refunding %s',
                                    id, tenant_id, captured_amount, refunded_amount, refunding_amount) END AS breach
                    FROM payments
                    """),
            SqlInvariant.ofQuery(
                    "status-matches-amounts",
                    "A payment's status follows from its amounts, and refunded <= captured <= authorised <= amount",
                    """
                    SELECT CASE
                        WHEN refunded_amount > captured_amount OR captured_amount > authorized_amount
                          OR authorized_amount > amount OR refunded_amount < 0
                          OR (status IN ('PENDING', 'FAILED') AND authorized_amount <> 0)
                          OR (status = 'CANCELLED' AND captured_amount <> 0)
                          OR (status NOT IN ('PENDING', 'FAILED', 'CANCELLED') AND authorized_amount <> amount)
                          OR (status IN ('CAPTURED', 'SETTLED') AND captured_amount <> amount)
                          OR (status = 'REFUNDED' AND refunded_amount <> captured_amount)
                        THEN format('payment %s of tenant %s: %s, amount %s, authorised %s, captured %s, refunded %s',
                                    id, tenant_id, status, amount, authorized_amount, captured_amount,
                                    refunded_amount) END AS breach
                    FROM payments
                    """),
            SqlInvariant.ofQuery("status-matches-history", "The last row of a payment's history says its status", """
                    SELECT CASE
                        WHEN e.status_to IS DISTINCT FROM p.status
                        THEN format('payment %s of tenant %s: status %s, history %s',
                                    p.id, p.tenant_id, p.status, e.status_to) END AS breach
                    FROM payments p
                    LEFT JOIN (SELECT DISTINCT ON (tenant_id, payment_id) tenant_id, payment_id,
                                      event_data ->> 'to' AS status_to
                               FROM payment_events ORDER BY tenant_id, payment_id, payment_version DESC) e
                      ON e.tenant_id = p.tenant_id AND e.payment_id = p.id
                    """),
            SqlInvariant.ofQuery(
                    "no-stale-pending", "No payment waits for longer than an hour for a provider's answer", """
                    SELECT CASE WHEN status = 'PENDING' AND created_at < now() - interval '1 hour'
                        THEN format('payment %s of tenant %s: PENDING since %s', id, tenant_id, created_at)
                        END AS breach
                    FROM payments
                    """),
            SqlInvariant.ofQuery(
                    "no-stale-transaction",
                    "Nothing that a provider was asked for is without a known outcome for longer than an hour",
                    """
                    SELECT CASE WHEN status = 'PENDING' AND created_at < now() - interval '1 hour'
                        THEN format('%s %s of tenant %s: PENDING since %s', transaction_type, idempotency_key, tenant_id,
                                    created_at) END AS breach
                    FROM payment_transactions
                    """),
            SqlInvariant.ofQuery(
                    "provider-books-equal-ours",
                    "The test provider's books and ours agree: each charge has one payment of the same amounts",
                    // What is on its way to the provider or back is left out for an hour.
                    """
                    SELECT CASE
                        WHEN b.in_flight THEN NULL
                        WHEN b.payment_id IS NULL AND b.charge_status IN ('AUTHORIZED', 'CAPTURED')
                        THEN format('charge %s without a payment: %s %s', b.key, b.charge_status, b.charged)
                        WHEN b.charge_status IS NULL AND b.status NOT IN ('PENDING', 'CANCELLED')
                        THEN format('payment %s of tenant %s: %s without a charge', b.payment_id, b.tenant_id, b.status)
                        WHEN b.charge_status IS NOT NULL AND b.payment_id IS NOT NULL AND (
                               CASE WHEN b.status IN ('FAILED', 'CANCELLED')
                                   -- What was charged in spite of the end is given back, whatever it was.
                                   THEN b.charged_captured <> b.charged_refunded
                                   ELSE b.charged_captured <> b.captured_amount OR b.charged_refunded <> b.refunded_amount
                               END
                            OR (b.charge_status <> 'VOIDED'
                                AND NOT (b.charge_status = 'CAPTURED' AND b.status IN ('FAILED', 'CANCELLED'))
                                AND (b.charged <> b.amount OR b.charge_currency IS DISTINCT FROM b.currency))
                            OR (b.charge_status = 'AUTHORIZED') <> (b.status = 'AUTHORIZED')
                            OR (b.charge_status = 'DECLINED' AND b.status NOT IN ('FAILED', 'CANCELLED')))
                        THEN format('charge %s: %s %s, captured %s, refunded %s; payment %s of tenant %s: %s %s, %s, %s',
                                    b.key, b.charge_status, b.charged, b.charged_captured, b.charged_refunded,
                                    b.payment_id, b.tenant_id, b.status, b.amount, b.captured_amount, b.refunded_amount)
                        END AS breach
                    FROM (
                        SELECT c.key, c.status AS charge_status, c.amount AS charged, c.currency AS charge_currency,
                               c.captured_amount AS charged_captured, c.refunded_amount AS charged_refunded,
                               p.*, o.payment_id IS NOT NULL AS in_flight
                        FROM (SELECT tenant_id, id AS payment_id, order_id::text || ':authorize' AS order_key, status,
                                     amount, currency, captured_amount, refunded_amount
                              FROM payments WHERE provider = 'TEST' AND amount > 0) p
                        FULL JOIN test_provider_charges c ON c.key = p.order_key
                        LEFT JOIN (SELECT DISTINCT tenant_id, payment_id FROM payment_transactions
                                   WHERE status = 'PENDING' AND created_at > now() - interval '1 hour') o
                          ON o.tenant_id = p.tenant_id AND o.payment_id = p.payment_id
                    ) b
                    """));

    private final Database database;

    PaymentInvariants(Database database) {
        this.database = database;
    }

    List<InvariantResult> check() {
        return SqlInvariant.check(database, INVARIANTS);
    }
}

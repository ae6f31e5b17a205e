package org.cartulary.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.payment.PaymentSummary;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Payments as other services see them; those that were cancelled before they began are none. Thread-safe. */
final class PaymentFacts {

    private static final int MAX_FACTS = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final PaymentStore store;

    PaymentFacts(Database database, PaymentStore store) {
        this.database = database;
        this.store = store;
    }

    @Nullable PaymentSummary find(UUID orderId) {
        return database.inReadTransaction(tx -> store.find(tx, orderId))
                .filter(Payment::hasBegun)
                .map(Payment::summary)
                .orElse(null);
    }

    FactPage<PaymentFact> after(FactsAfter query) {
        if (query.limit() < 1 || query.limit() > MAX_FACTS) {
            throw ProblemException.unprocessable("invalid-limit", "limit is from 1 to " + MAX_FACTS);
        }
        List<PaymentFact> facts = database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT * FROM payments
                        WHERE (tenant_id, order_id) > (:tenantId, :orderId) AND currency IS NOT NULL
                        ORDER BY tenant_id, order_id
                        LIMIT :limit
                        """)
                .param("tenantId", Objects.requireNonNullElse(query.tenantId(), BEFORE_ALL))
                .param("orderId", Objects.requireNonNullElse(query.orderId(), BEFORE_ALL))
                .param("limit", query.limit())
                .query(PaymentFacts::fact)
                .list());
        return new FactPage<>(facts);
    }

    private static PaymentFact fact(ResultSet row, int number) throws SQLException {
        Payment payment = Payment.of(row, number);
        return new PaymentFact(
                row.getObject("tenant_id", UUID.class),
                payment.orderId(),
                payment.id(),
                payment.status().name(),
                payment.money(payment.amount()),
                payment.money(payment.capturedAmount()),
                payment.money(payment.refundedAmount()));
    }
}

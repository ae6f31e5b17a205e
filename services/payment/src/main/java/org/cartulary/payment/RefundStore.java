package org.cartulary.payment;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** Writes refunds, each change as one call of a function of the database. Thread-safe. */
final class RefundStore {

    private static final String REFUNDS = """
            SELECT idempotency_key, status, amount, error_code, error_message,
                   coalesce(refund_id, id) AS refund_id, coalesce(reason, 'cancelled') AS reason
            FROM payment_transactions
            WHERE tenant_id = :tenantId AND transaction_type = 'REFUND'
            """;

    /** How beginning a refund ended: {@code begun}, now or earlier, or the code of why not; and what is left to give back. */
    record Start(String outcome, BigDecimal remaining) {}

    /** A refund that a provider was to be asked for. */
    record Refund(UUID id, String key, Status status, BigDecimal amount, String reason, Payment.Failure failure) {

        /** What is known of its outcome. */
        enum Status {
            PENDING,
            SUCCEEDED,
            FAILED
        }

        static Refund of(ResultSet row, int number) throws SQLException {
            return new Refund(
                    row.getObject("refund_id", UUID.class),
                    row.getString("idempotency_key"),
                    Status.valueOf(row.getString("status")),
                    row.getBigDecimal("amount"),
                    row.getString("reason"),
                    new Payment.Failure(
                            Objects.requireNonNullElse(row.getString("error_code"), "declined"),
                            Objects.requireNonNullElse(row.getString("error_message"), "the provider declined")));
        }
    }

    /** Sets aside what the refund is to give back, unless that is more than is left. */
    Start start(Transaction tx, RefundPayment command) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM start_refund(:tenantId, :orderId, :transactionId, :refundId, :key, :amount::numeric,
                            :currency, :reason)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", command.orderId())
                .param("transactionId", Ids.next())
                .param("refundId", command.refundId())
                .param("key", ProviderKeys.refund(command.refundId()))
                .param(
                        "amount",
                        command.amount() == null ? null : command.amount().amount())
                .param(
                        "currency",
                        command.amount() == null ? null : command.amount().currencyCode())
                .param("reason", command.reason())
                .query((row, number) -> new Start(row.getString("outcome"), row.getBigDecimal("remaining")))
                .single();
    }

    /** Begins to give back all that is left; does nothing if nothing is. */
    void startRest(Transaction tx, UUID orderId, String reason) {
        tx.jdbc()
                .sql("""
                        SELECT start_rest_refund(:tenantId, :orderId, :transactionId, :refundId, :key, :reason)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("transactionId", Ids.next())
                .param("refundId", Ids.next())
                .param("key", ProviderKeys.refundRest(orderId))
                .param("reason", reason)
                .query(Boolean.class)
                .single();
    }

    Optional<Refund> find(Transaction tx, String key) {
        return tx.jdbc()
                .sql(REFUNDS + "AND idempotency_key = :key")
                .param("tenantId", RequestContext.currentTenant())
                .param("key", key)
                .query(Refund::of)
                .optional();
    }

    /** The refunds of a payment whose outcome is not known, oldest first. */
    List<Refund> pending(Transaction tx, UUID paymentId) {
        return tx.jdbc()
                .sql(REFUNDS + """
                        AND payment_id = :paymentId AND status = 'PENDING'
                        ORDER BY created_at, id
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", paymentId)
                .query(Refund::of)
                .list();
    }

    /** Records that the money was given back, once for the refund's key. */
    Payment refunded(Transaction tx, Payment payment, Refund refund, String reference) {
        return record(tx, payment, refund.id(), refund.key(), reference, refund.reason());
    }

    /** Records that nothing was to be given back, because nothing was to be paid. */
    Payment refundedNothing(Transaction tx, Payment payment, String reason) {
        return record(tx, payment, payment.id(), ProviderKeys.refundRest(payment.orderId()), "nothing-to-pay", reason);
    }

    private static Payment record(
            Transaction tx, Payment payment, UUID refundId, String key, String reference, String reason) {
        return tx.jdbc()
                .sql("SELECT * FROM refund_payment(:tenantId, :paymentId, :refundId, :key, :reference, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", payment.id())
                .param("refundId", refundId)
                .param("key", key)
                .param("reference", reference)
                .param("reason", reason)
                .query(Payment::of)
                .single();
    }
}

package org.cartulary.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Writes payments, each change as one call of a function of the database. Thread-safe. */
final class PaymentStore {

    /** Writes down that a provider is about to be asked to give up a charge, if the payment's state still allows it. */
    Payment beginVoid(Transaction tx, UUID paymentId, String key) {
        return tx.jdbc()
                .sql("SELECT * FROM start_payment_transaction(:tenantId, :paymentId, :transactionId, 'VOID', :key)")
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", paymentId)
                .param("transactionId", Ids.next())
                .param("key", key)
                .query(Payment::of)
                .single();
    }

    /** Records that a provider has done what it was asked for. */
    void transactionApproved(Transaction tx, Payment payment, String key, ProviderAnswer.Approved answer) {
        finishTransaction(tx, payment, key, answer, null);
    }

    /** Records that a provider will not do what it was asked for. */
    void transactionDeclined(Transaction tx, Payment payment, String key, ProviderAnswer.Declined answer) {
        finishTransaction(tx, payment, key, null, answer);
    }

    private static void finishTransaction(
            Transaction tx,
            Payment payment,
            String key,
            ProviderAnswer.@Nullable Approved approved,
            ProviderAnswer.@Nullable Declined declined) {
        tx.jdbc()
                .sql("""
                        SELECT count(*) FROM finish_payment_transaction(:tenantId, :paymentId, :key, :isApproved, :reference,
                            :code, :detail)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", payment.id())
                .param("key", key)
                .param("isApproved", approved != null)
                .param("reference", approved == null ? null : approved.reference())
                .param("code", declined == null ? null : declined.code())
                .param("detail", declined == null ? null : declined.detail())
                .query(Long.class)
                .single();
    }

    /** The payment of the order; one of the given id, that is cancelled, if there was none. */
    Payment cancelled(Transaction tx, UUID newId, UUID orderId, String reason) {
        return tx.jdbc()
                .sql("SELECT * FROM cancel_payment(:tenantId, :paymentId, :orderId, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", newId)
                .param("orderId", orderId)
                .param("reason", reason)
                .query(Payment::of)
                .single();
    }

    /** Records that the money will not be taken, if the payment is PENDING or AUTHORIZED. */
    Payment voided(Transaction tx, Payment payment, String reference, String reason) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM void_payment(:tenantId, :paymentId, :voidKey, :reference, :reason)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", payment.id())
                .param("voidKey", ProviderKeys.cancel(payment.orderId()))
                .param("reference", reference)
                .param("reason", reason)
                .query(Payment::of)
                .single();
    }

    /**
     * Records that the money was taken though the payment had ended without.
     *
     * @return the payment's new version, or nothing if it had another state
     */
    Optional<Long> capturedAfterEnd(Transaction tx, Payment payment, String reference, String reason) {
        return tx.jdbc()
                .sql("SELECT capture_ended_payment(:tenantId, :paymentId, :transactionId, :key, :reference, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", payment.id())
                .param("transactionId", Ids.next())
                .param("key", ProviderKeys.capture(payment.orderId()))
                .param("reference", reference)
                .param("reason", reason)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    /** Whether the capture was begun half an hour ago or earlier. */
    boolean isCaptureOverdue(Transaction tx, UUID orderId) {
        return tx.jdbc()
                .sql("""
                        SELECT count(*) > 0 FROM payment_transactions
                        WHERE tenant_id = :tenantId AND idempotency_key = :key
                          AND created_at < clock_timestamp() - interval '30 minutes'
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("key", ProviderKeys.capture(orderId))
                .query(Boolean.class)
                .single();
    }

    /** Whether it was begun that long ago or earlier. */
    boolean isOlder(Transaction tx, String key, Duration age) {
        return tx.jdbc()
                .sql("""
                        SELECT count(*) > 0 FROM payment_transactions
                        WHERE tenant_id = :tenantId AND idempotency_key = :key
                          AND created_at < clock_timestamp() - make_interval(secs => :seconds)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("key", key)
                .param("seconds", age.toMillis() / 1000.0)
                .query(Boolean.class)
                .single();
    }

    /** The keys of the wishes to give up the payment's charge whose outcome is not known. */
    List<String> openVoids(Transaction tx, UUID paymentId) {
        return tx.jdbc()
                .sql("""
                        SELECT idempotency_key FROM payment_transactions
                        WHERE tenant_id = :tenantId AND payment_id = :paymentId AND transaction_type = 'VOID'
                          AND status = 'PENDING'
                        ORDER BY created_at, id
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", paymentId)
                .query(String.class)
                .list();
    }

    Optional<Payment> find(Transaction tx, UUID orderId) {
        return tx.jdbc()
                .sql("SELECT * FROM payments WHERE tenant_id = :tenantId AND order_id = :orderId")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .query(Payment::of)
                .optional();
    }

    /** The payment of the order, which nobody else changes until the end of the transaction. */
    Optional<Payment> lock(Transaction tx, UUID orderId) {
        return tx.jdbc()
                .sql("SELECT * FROM payments WHERE tenant_id = :tenantId AND order_id = :orderId FOR UPDATE")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .query(Payment::of)
                .optional();
    }

    /**
     * Cancels a payment that is still PENDING and notes that its provider is to give it up.
     *
     * @return the payment's new version, or nothing if it had another state
     */
    Optional<Long> expired(Transaction tx, Payment payment, String reason) {
        return tx.jdbc()
                .sql("SELECT expire_payment(:tenantId, :paymentId, :transactionId, :key, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("paymentId", payment.id())
                .param("transactionId", Ids.next())
                .param("key", ProviderKeys.cancelLate(payment.orderId()))
                .param("reason", reason)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }
}

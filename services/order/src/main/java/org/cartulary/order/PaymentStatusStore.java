package org.cartulary.order;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;

/** What an order knows of its payment: how far it is, which only ever grows. Thread-safe. */
final class PaymentStatusStore {

    /**
     * An order after something became known of its payment.
     *
     * @param status of the order
     * @param paymentStatus as it is known now
     */
    record Noted(boolean wasChanged, String status, String paymentStatus) {}

    /** Notes the status unless more is known already; empty if the order does not know this payment. */
    Optional<Noted> note(Transaction tx, UUID orderId, UUID paymentId, String paymentStatus) {
        return tx.jdbc()
                .sql("SELECT * FROM note_payment_status(:tenantId, :orderId, :paymentId, :paymentStatus)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("paymentId", paymentId)
                .param("paymentStatus", paymentStatus)
                .query((row, number) -> new Noted(
                        row.getBoolean("was_changed"), row.getString("status"), row.getString("payment_status")))
                .optional();
    }

    /** How the payment of an order ended, as far as the order knows; empty if it has not ended, or there is none. */
    Optional<String> end(Transaction tx, UUID orderId) {
        return tx.jdbc()
                .sql("""
                        SELECT payment_status
                        FROM orders
                        WHERE tenant_id = :tenantId AND id = :orderId
                          AND payment_status IN ('CANCELLED', 'FAILED', 'REFUNDED')
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .query(String.class)
                .optional();
    }

    /** Notes how the payment of a cancelled order ended, unless more is known already. */
    void noteEnd(Transaction tx, UUID orderId, String paymentStatus) {
        tx.jdbc()
                .sql("""
                        UPDATE orders
                        SET payment_status = :paymentStatus, updated_at = now(), version = version + 1
                        WHERE tenant_id = :tenantId AND id = :orderId AND status = 'CANCELLED'
                          AND payment_status_rank(:paymentStatus) > payment_status_rank(payment_status)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("paymentStatus", paymentStatus)
                .update();
    }
}

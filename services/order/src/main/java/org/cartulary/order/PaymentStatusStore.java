package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
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

    /** What became known of the payment of an order. */
    record News(UUID orderId, UUID paymentId, String paymentStatus) {}

    /** Notes the status unless more is known already; empty if the order does not know this payment. */
    Optional<Noted> note(Transaction tx, News news) {
        return note(tx, List.of(news)).getFirst();
    }

    /** The same for several, as if one after another, by one call of the database; answers in the same order. */
    List<Optional<Noted>> note(Transaction tx, List<News> news) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM note_payment_statuses(:tenantId, :orderIds, :paymentIds, :paymentStatuses) n
                        ORDER BY n.call
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderIds", Sql.uuidArray(news, News::orderId))
                .param("paymentIds", Sql.uuidArray(news, News::paymentId))
                .param("paymentStatuses", Sql.textArray(news, News::paymentStatus))
                .query((row, number) -> noted(row))
                .list();
    }

    private static Optional<Noted> noted(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return status == null
                ? Optional.empty()
                : Optional.of(new Noted(row.getBoolean("was_changed"), status, row.getString("payment_status")));
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

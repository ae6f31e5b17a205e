package org.cartulary.order;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Finds orders that are to be cancelled, and cancels those that are not paid in time. Thread-safe. */
final class CancellationStore {

    /** An order whose payment was due. */
    record DueOrder(UUID tenantId, UUID orderId) {}

    /**
     * The status of an order.
     *
     * @param buyer whose it has to be, {@code null} for anybody's
     */
    Optional<String> status(Transaction tx, UUID orderId, OrderDetails.@Nullable Buyer buyer) {
        return tx.jdbc()
                .sql("""
                        SELECT status
                        FROM orders
                        WHERE tenant_id = :tenantId AND id = :orderId
                          AND (:anybodys OR customer_id = :customerId::uuid OR guest_id = :guestId::uuid)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("anybodys", buyer == null)
                .param("customerId", buyer == null ? null : buyer.customerId())
                .param("guestId", buyer == null ? null : buyer.guestId())
                .query(String.class)
                .optional();
    }

    /** Orders of all tenants that are still unpaid though their payment was due, the first due first. */
    List<DueOrder> unpaid(Transaction tx, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT tenant_id, id
                        FROM orders
                        WHERE status = 'CREATED' AND payment_due_at <= clock_timestamp()
                        ORDER BY payment_due_at
                        LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, number) ->
                        new DueOrder(row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)))
                .list();
    }

    /** Cancels the order if it counts on this payment, is not sent and not known to be paid; empty if not. */
    Optional<OrderStore.Cancellation> withoutPayment(Transaction tx, UUID orderId, UUID paymentId, String reason) {
        return tx.jdbc()
                .sql("SELECT * FROM cancel_order_without_payment(:tenantId, :orderId, :paymentId, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("paymentId", paymentId)
                .param("reason", reason)
                .query((row, number) -> OrderStore.cancellation(row))
                .optional();
    }

    /** Cancels the order if it is still unpaid and its payment was due; empty if not. */
    Optional<OrderStore.Cancellation> expire(Transaction tx, UUID orderId, String reason) {
        return tx.jdbc()
                .sql("SELECT * FROM expire_unpaid_order(:tenantId, :orderId, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("reason", reason)
                .query((row, number) -> OrderStore.cancellation(row))
                .optional();
    }
}

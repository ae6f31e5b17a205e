package org.cartulary.order;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Finds orders that are to be cancelled, and cancels those that are not paid in time. Thread-safe. */
final class CancellationStore {

    /** The longest time until an order that could not be cancelled is tried again. */
    private static final Duration MAX_POSTPONEMENT = Duration.ofHours(1);

    /** An order whose payment was due. */
    record DueOrder(Instant dueAt, UUID tenantId, UUID orderId) {}

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

    /**
     * Orders of all tenants that are still unpaid though their payment was due, the first due first; without those that were
     * {@linkplain #postpone postponed}.
     *
     * @param after the last one seen, {@code null} to begin
     */
    List<DueOrder> unpaid(Transaction tx, @Nullable DueOrder after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT payment_due_at, tenant_id, id
                        FROM orders
                        WHERE status = 'CREATED' AND payment_due_at <= clock_timestamp()
                          AND (next_expiry_at IS NULL OR next_expiry_at <= clock_timestamp())
                          AND (cast(:dueAt AS timestamptz) IS NULL
                               OR (payment_due_at, tenant_id, id) > (:dueAt, cast(:tenantId AS uuid), cast(:orderId AS uuid)))
                        ORDER BY payment_due_at, tenant_id, id
                        LIMIT :limit
                        """)
                .param("dueAt", after == null ? null : Sql.timestamp(after.dueAt()))
                .param("tenantId", after == null ? null : after.tenantId())
                .param("orderId", after == null ? null : after.orderId())
                .param("limit", limit)
                .query((row, number) -> new DueOrder(
                        row.getObject("payment_due_at", OffsetDateTime.class).toInstant(),
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class)))
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

    /** Has an order that could not be cancelled looked at again later: after 10 s, 20 s, 40 s and so on, at most 1 h. */
    void postpone(Transaction tx, DueOrder order) {
        tx.jdbc()
                .sql("""
                        UPDATE orders
                        SET expiry_failures = expiry_failures + 1,
                            next_expiry_at = clock_timestamp()
                                + make_interval(secs => least(:maxSeconds, 10 * power(2, least(expiry_failures, 20))))
                        WHERE tenant_id = :tenantId AND id = :orderId AND status = 'CREATED'
                        """)
                .param("maxSeconds", (double) MAX_POSTPONEMENT.toSeconds())
                .param("tenantId", order.tenantId())
                .param("orderId", order.orderId())
                .update();
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

package org.cartulary.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Claim;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.SagaOutcome;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;

/**
 * Cancels orders for buyers and for the shop. The claim of the key, the cancellation of the order with its event and the
 * start of the saga that undoes payment and stock are one transaction: a cancelled order is undone, whatever happens.
 * Thread-safe.
 */
record RequestingCancellation(
        Database database,
        CancellationStore store,
        CancellingOrder orders,
        SealingWords reasons,
        Idempotency idempotency,
        Sagas<OrderCancellation> sagas) {

    private static final String BY_BUYER = "cancelled-by-buyer";
    private static final String BY_SHOP = "cancelled-by-shop";

    /** What came of the transaction with which a cancellation begins: either of the two. */
    private record Begun(
            @Nullable CancelledOrder answer, @Nullable StartedSaga<OrderCancellation> saga) {}

    /**
     * Cancels an order of the caller.
     *
     * @return CANCELLED or PENDING
     * @throws ProblemException if the caller has no such order, or it cannot be cancelled
     */
    CancelledOrder ofBuyer(UUID orderId, CancelOrderRequest request, @Nullable String key) {
        var buyer = OrderDetails.Buyer.of(RequestContext.current().principal());
        return cancel(
                new CancelOrder(orderId, BY_BUYER),
                reasons.sealCancellation(orderId, request.reason()),
                buyer,
                new Idempotency.Request("POST /api/v1/store/orders/" + orderId + "/cancellations", key, request));
    }

    /** Cancels any order of the shop; otherwise as {@link #ofBuyer}. */
    CancelledOrder ofShop(UUID orderId, CancelOrderByShop request, @Nullable String key) {
        return cancel(
                new CancelOrder(orderId, BY_SHOP),
                reasons.sealCancellation(orderId, request.reason()),
                null,
                new Idempotency.Request("POST /api/v1/admin/orders/" + orderId + "/cancellations", key, request));
    }

    private CancelledOrder cancel(
            CancelOrder command,
            @Nullable String wordsSealed,
            OrderDetails.@Nullable Buyer buyer,
            Idempotency.Request request) {
        Begun begun = database.inTransaction(tx -> begin(tx, command, wordsSealed, buyer, request));
        if (begun.answer() != null) {
            return begun.answer();
        }
        return switch (sagas.proceed(Objects.requireNonNull(begun.saga()))) {
            case SagaOutcome.Completed<OrderCancellation>(OrderCancellation state) ->
                CancelledOrder.of(state.orderId(), state.paymentStatus());
            case SagaOutcome.Compensated<OrderCancellation>(OrderCancellation state, String code, String detail) ->
                throw CancelOrderEnd.onlyForward(state);
            case SagaOutcome.Pending<OrderCancellation>(UUID sagaId) -> CancelledOrder.pending(command.orderId());
        };
    }

    private Begun begin(
            Transaction tx,
            CancelOrder command,
            @Nullable String wordsSealed,
            OrderDetails.@Nullable Buyer buyer,
            Idempotency.Request request) {
        UUID sagaId = Ids.next();
        return switch (idempotency.claim(tx, request, sagaId, CancelledOrder.class)) {
            case Claim.Answered<CancelledOrder>(StoredAnswer<CancelledOrder> answer) -> new Begun(answer.body(), null);
            case Claim.UnderWay<CancelledOrder>(UUID begunBefore) ->
                new Begun(
                        sagas.suspended(tx, begunBefore)
                                .map(state -> CancelledOrder.pending(state.orderId()))
                                .orElseThrow(Idempotency::inProgress),
                        null);
            case Claim.Claimed<CancelledOrder>() -> {
                // Looked for first: cancelling an order that does not exist would keep it from ever existing.
                if (store.status(tx, command.orderId(), buyer).isEmpty()) {
                    throw ProblemException.notFound("order-not-found", "there is no such order");
                }
                OrderStore.Cancellation cancellation =
                        orders.cancel(tx, command, wordsSealed).orElseThrow();
                if (!cancellation.wasChanged()) {
                    throw refused(cancellation.status());
                }
                if (buyer == null) {
                    AuditLog.record(tx, AuditedAct.of("order.cancelled", "order", command.orderId()));
                }
                yield new Begun(
                        null,
                        sagas.begin(
                                tx,
                                sagaId,
                                new OrderCancellation(
                                        command.orderId(), command.reason(), cancellation.hasDiscount(), null)));
            }
        };
    }

    private static ProblemException refused(String status) {
        return status.equals("CANCELLED")
                ? ProblemException.conflict("order-already-cancelled", "the order was cancelled before")
                        .withProperty("orderStatus", status)
                : ProblemException.conflict("order-not-cancellable", "an order that is " + status + " stays so")
                        .withProperty("orderStatus", status);
    }
}

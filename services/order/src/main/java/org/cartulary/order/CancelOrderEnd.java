package org.cartulary.order;

import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/**
 * Notes how the payment ended, and writes the answer under the key of the request, if a request began it. Where an operator
 * had the payment skipped, it writes what the order knows, and {@link OrderInvariants} show what was left.
 */
record CancelOrderEnd(PaymentStatusStore payments, Idempotency idempotency) implements SagaEnd<OrderCancellation> {

    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;

    @Override
    public void apply(
            Transaction tx,
            UUID sagaId,
            OrderCancellation state,
            SagaEndStatus status,
            @Nullable String code,
            @Nullable String detail) {
        switch (status) {
            case COMPLETED -> {
                idempotency.complete(tx, sagaId, answer(state.orderId(), paymentEnd(tx, state)));
            }
            case COMPENSATED -> throw onlyForward(state);
        }
    }

    private @Nullable String paymentEnd(Transaction tx, OrderCancellation state) {
        if (state.paymentStatus() == null) {
            return payments.end(tx, state.orderId()).orElse(null);
        }
        payments.noteEnd(tx, state.orderId(), state.paymentStatus());
        return state.paymentStatus();
    }

    private static Answer<CancelledOrder> answer(UUID orderId, @Nullable String payment) {
        return new Answer<>(
                payment == null ? ACCEPTED : CREATED,
                CancelledOrder.of(orderId, payment),
                "/api/v1/store/orders/" + orderId);
    }

    /** A cancelled order stays cancelled, so whoever wants to undo the rest would leave its customer charged. */
    static IllegalStateException onlyForward(OrderCancellation state) {
        return new IllegalStateException("the cancellation of the order " + state.orderId() + " only goes forward");
    }
}

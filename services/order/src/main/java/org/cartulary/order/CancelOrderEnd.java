package org.cartulary.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/** Notes how the payment ended, and writes the answer under the key of the request, if a request began it. */
record CancelOrderEnd(PaymentStatusStore payments, Idempotency idempotency) implements SagaEnd<OrderCancellation> {

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
                payments.noteEnd(tx, state.orderId(), Objects.requireNonNull(state.paymentStatus()));
                idempotency.complete(
                        tx,
                        sagaId,
                        Answer.created(CancelledOrder.of(state), "/api/v1/store/orders/" + state.orderId()));
            }
            case COMPENSATED -> throw onlyForward(state);
        }
    }

    /** A cancelled order stays cancelled, so whoever wants to undo the rest would leave its customer charged. */
    static IllegalStateException onlyForward(OrderCancellation state) {
        return new IllegalStateException("the cancellation of the order " + state.orderId() + " only goes forward");
    }
}

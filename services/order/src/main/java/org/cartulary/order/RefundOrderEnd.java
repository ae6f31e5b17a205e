package org.cartulary.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/** Writes the end of a refund into the order, and the answer under the key of the request. */
record RefundOrderEnd(RefundStore store, RecordingRefund recording, Idempotency idempotency)
        implements SagaEnd<OrderRefund> {

    private static final int CONFLICT = 409;

    @Override
    public void apply(
            Transaction tx,
            UUID sagaId,
            OrderRefund state,
            SagaEndStatus status,
            @Nullable String code,
            @Nullable String detail) {
        switch (status) {
            case COMPLETED -> {
                recording.record(
                        tx,
                        state.orderId(),
                        sagaId,
                        state.amount(),
                        Objects.requireNonNull(state.paymentStatus()),
                        state.reason());
                if (state.restockStatus() != null) {
                    store.noteRestock(tx, sagaId, state.restockStatus());
                }
                idempotency.complete(
                        tx,
                        sagaId,
                        Answer.created(
                                RefundAnswer.completed(sagaId, state), "/api/v1/admin/orders/" + state.orderId()));
            }
            case COMPENSATED -> {
                RefundAnswer refused =
                        RefundAnswer.refused(Objects.requireNonNull(code), Objects.requireNonNull(detail));
                store.refuse(tx, sagaId, code);
                idempotency.complete(tx, sagaId, Answer.of(CONFLICT, refused));
            }
        }
    }
}

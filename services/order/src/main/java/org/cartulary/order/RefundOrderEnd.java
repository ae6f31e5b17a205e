package org.cartulary.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/**
 * Writes the end of a refund into the order, and the answer under the key of the request. Where an operator had a step
 * skipped, it writes what is known, and {@link OrderInvariants} show what was left.
 */
record RefundOrderEnd(RefundStore store, RecordingRefund recording, Idempotency idempotency)
        implements SagaEnd<OrderRefund> {

    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
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
                if (state.paymentStatus() != null) {
                    recording.record(
                            tx, state.orderId(), sagaId, state.amount(), state.paymentStatus(), state.reason());
                }
                if (state.restockStatus() != null) {
                    store.noteRestock(tx, sagaId, state.restockStatus());
                }
                idempotency.complete(tx, sagaId, answer(sagaId, known(tx, sagaId, state)));
            }
            case COMPENSATED -> {
                RefundAnswer refused =
                        RefundAnswer.refused(Objects.requireNonNull(code), Objects.requireNonNull(detail));
                store.refuse(tx, sagaId, code);
                idempotency.complete(tx, sagaId, Answer.of(CONFLICT, refused));
            }
        }
    }

    /** The state, with what the payment's event may have told of a refund whose step was skipped. */
    private OrderRefund known(Transaction tx, UUID refundId, OrderRefund state) {
        return state.paymentStatus() != null
                ? state
                : store.paymentStatus(tx, refundId)
                        .map(state::withPaymentStatus)
                        .orElse(state);
    }

    private static Answer<RefundAnswer> answer(UUID refundId, OrderRefund state) {
        boolean isOpen = state.paymentStatus() == null;
        return new Answer<>(
                isOpen ? ACCEPTED : CREATED,
                isOpen ? RefundAnswer.pending(refundId, state) : RefundAnswer.completed(refundId, state),
                "/api/v1/admin/orders/" + state.orderId());
    }
}

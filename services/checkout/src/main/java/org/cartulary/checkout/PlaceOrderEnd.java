package org.cartulary.checkout;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/** Writes the end of the saga into the checkout, and the answer under the key of the completion. */
record PlaceOrderEnd(CheckoutStore store, Idempotency idempotency) implements SagaEnd<PlaceOrder> {

    @Override
    public void apply(
            Transaction tx,
            UUID sagaId,
            PlaceOrder state,
            SagaEndStatus status,
            @Nullable String code,
            @Nullable String detail) {
        switch (status) {
            case COMPLETED -> {
                String orderNumber = Objects.requireNonNull(state.orderNumber());
                store.complete(tx, state.checkoutId(), sagaId, orderNumber);
                idempotency.complete(tx, sagaId, placed(state));
            }
            case COMPENSATED -> {
                Refusal refusal = refusal(state, Objects.requireNonNull(code), Objects.requireNonNull(detail));
                store.reopen(tx, state.checkoutId(), sagaId, refusal.code());
                idempotency.complete(
                        tx, sagaId, Answer.of(refusal.status().value(), new CompletionAnswer(null, refusal)));
            }
        }
    }

    static Answer<CompletionAnswer> placed(PlaceOrder state) {
        return Answer.created(
                new CompletionAnswer(
                        new PlacedOrder(state.orderId(), state.orderNumber(), "CONFIRMED", state.total()), null),
                "/api/v1/store/orders/" + state.orderId());
    }

    static Refusal refusal(PlaceOrder state, String code, String detail) {
        return new Refusal(code, detail, state.refusals(), state.otherOrderId());
    }
}

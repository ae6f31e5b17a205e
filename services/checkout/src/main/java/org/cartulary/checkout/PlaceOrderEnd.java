package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.saga.EndedSaga;
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
        write(tx, List.of(new EndedSaga<>(sagaId, state, status, code, detail)));
    }

    @Override
    public void applyAll(Transaction tx, List<Call<EndedSaga<PlaceOrder>>> ended) {
        write(tx, ended.stream().map(Call::command).toList());
    }

    private void write(Transaction tx, List<EndedSaga<PlaceOrder>> ended) {
        List<PlaceOrder> placed = new ArrayList<>();
        Map<UUID, Answer<CompletionAnswer>> answers = new LinkedHashMap<>();
        for (EndedSaga<PlaceOrder> saga : ended) {
            PlaceOrder state = saga.state();
            switch (saga.status()) {
                case COMPLETED -> {
                    placed.add(state);
                    answers.put(saga.sagaId(), placed(state));
                }
                case COMPENSATED -> {
                    Refusal refusal =
                            refusal(state, Objects.requireNonNull(saga.code()), Objects.requireNonNull(saga.detail()));
                    store.reopen(tx, state.checkoutId(), saga.sagaId(), refusal.code());
                    answers.put(
                            saga.sagaId(), Answer.of(refusal.status().value(), new CompletionAnswer(null, refusal)));
                }
            }
        }
        if (!placed.isEmpty()) {
            store.complete(tx, placed);
        }
        idempotency.completeAll(tx, answers);
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

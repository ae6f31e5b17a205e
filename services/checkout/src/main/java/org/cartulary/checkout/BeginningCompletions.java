package org.cartulary.checkout;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.coalescing.BatchWork;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Claim;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Begins completions that come at the same time: the claims of their keys, the steps of their checkouts to COMPLETING and the
 * starts of their sagas are one transaction.
 */
record BeginningCompletions(CheckoutStore store, Idempotency idempotency, Sagas<PlaceOrder> sagas, Clock clock)
        implements BatchWork<BeginningCompletions.Beginning, BeginningCompletions.Begun> {

    /** A completion that wants to begin. */
    record Beginning(
            Idempotency.RequestKey key, UUID orderId, CheckoutsInPlacement.Placement placement, String tokenSealed) {

        private CheckoutSession session() {
            return placement.session();
        }
    }

    /** What came of it: either the answer to an earlier request with its key, or the saga that now runs. */
    record Begun(
            @Nullable CompletionAnswer answer, @Nullable StartedSaga<PlaceOrder> saga) {}

    @Override
    public List<Begun> run(Transaction tx, List<Call<Beginning>> calls) {
        List<Idempotency.Claiming<CompletionAnswer>> claimings = calls.stream()
                .map(Call::command)
                .map(beginning ->
                        new Idempotency.Claiming<CompletionAnswer>(beginning.key(), beginning.orderId(), null))
                .toList();
        List<Claim<CompletionAnswer>> claims = idempotency.claimAll(tx, claimings, CompletionAnswer.class);
        Begun[] begun = new Begun[calls.size()];
        List<Integer> claimed = new ArrayList<>();
        for (int i = 0; i < begun.length; i++) {
            switch (claims.get(i)) {
                case Claim.Answered<CompletionAnswer>(StoredAnswer<CompletionAnswer> answer) ->
                    begun[i] = new Begun(answer.body(), null);
                case Claim.UnderWay<CompletionAnswer>(UUID sagaId) ->
                    begun[i] = new Begun(pending(tx, i, sagaId), null);
                case Claim.Claimed<CompletionAnswer>() -> claimed.add(i);
            }
        }
        if (!claimed.isEmpty()) {
            begin(tx, calls, claimed, begun);
        }
        return Arrays.asList(begun);
    }

    /** What the first request was told, or would have been told had its process not died. */
    private CompletionAnswer pending(Transaction tx, int call, UUID sagaId) {
        return sagas.suspended(tx, sagaId)
                .map(state -> new CompletionAnswer(PlacedOrder.pending(state.orderId(), state.total()), null))
                .orElseThrow(() -> new CallFailedException(call, Idempotency.inProgress()));
    }

    private void begin(Transaction tx, List<Call<Beginning>> calls, List<Integer> claimed, Begun[] begun) {
        List<Call<Beginning>> beginning = claimed.stream().map(calls::get).toList();
        Set<UUID> open = open(tx, beginning);
        for (int i : claimed) {
            Beginning one = calls.get(i).command();
            if (!open.contains(one.orderId())) {
                throw new CallFailedException(i, notOpen(tx, one.session().id()));
            }
        }
        List<StartedSaga<PlaceOrder>> started = sagas.beginAll(
                tx, beginning.stream().map(BeginningCompletions::saga).toList());
        for (int i = 0; i < claimed.size(); i++) {
            begun[claimed.get(i)] = new Begun(null, started.get(i));
        }
    }

    private Set<UUID> open(Transaction tx, List<Call<Beginning>> beginning) {
        try {
            return store.beginCompletions(
                    tx,
                    beginning.stream()
                            .map(Call::command)
                            .map(one -> new CheckoutStore.Completion(
                                    one.session(),
                                    one.orderId(),
                                    new CheckoutStore.KeptPayment(
                                            one.placement().payment().provider(), one.tokenSealed())))
                            .toList(),
                    clock.instant());
        } catch (DuplicateKeyException e) {
            // Decided by uq_checkout_sessions_cart_id: a cart becomes one order, however many checkouts it has. Of
            // several
            // calls nobody knows which it was; each is run again.
            throw beginning.size() == 1 ? PlacingOrder.cartChanged() : e;
        }
    }

    private static Sagas.Beginning<PlaceOrder> saga(Call<Beginning> call) {
        Beginning one = call.command();
        return new Sagas.Beginning<>(
                one.orderId(),
                PlaceOrder.of(
                        one.session().id(),
                        one.orderId(),
                        one.session().totals().total(),
                        !one.session().promotionUses().isEmpty()),
                call.traceId());
    }

    private ProblemException notOpen(Transaction tx, UUID id) {
        CheckoutSession now = store.find(tx, id);
        if (now == null) {
            return CheckoutProblems.notFound();
        }
        boolean expired =
                now.status() == CheckoutStatus.OPEN && !clock.instant().isBefore(now.expiresAt());
        return expired ? CheckoutProblems.expired() : CheckoutProblems.notOpen(now);
    }
}

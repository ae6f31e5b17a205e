package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.platform.coalescing.BatchWork;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Claim;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;

/** Writes checkouts that are opened at the same time, each once for its key and along with its answer. */
record OpeningCheckouts(CheckoutStore store, Idempotency idempotency)
        implements BatchWork<OpeningCheckouts.Opening, StoredAnswer<CheckoutView>> {

    /** A checkout that is to be opened. */
    record Opening(Idempotency.RequestKey key, CheckoutSession session) {

        private Answer<CheckoutView> answer() {
            return Answer.created(CheckoutView.of(session), "/api/v1/store/checkouts/" + session.id());
        }
    }

    @Override
    public List<StoredAnswer<CheckoutView>> run(Transaction tx, List<Call<Opening>> calls) {
        List<Idempotency.Claiming<CheckoutView>> claimings = calls.stream()
                .map(Call::command)
                .map(opening -> new Idempotency.Claiming<>(opening.key(), null, opening.answer()))
                .toList();
        List<Claim<CheckoutView>> claims = idempotency.claimAll(tx, claimings, CheckoutView.class);
        List<StoredAnswer<CheckoutView>> answers = new ArrayList<>();
        List<CheckoutSession> opened = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            switch (claims.get(i)) {
                case Claim.Answered<CheckoutView>(StoredAnswer<CheckoutView> answer) -> answers.add(answer);
                case Claim.UnderWay<CheckoutView> _ -> throw new CallFailedException(i, Idempotency.inProgress());
                case Claim.Claimed<CheckoutView>() -> {
                    Opening opening = calls.get(i).command();
                    opened.add(opening.session());
                    Answer<CheckoutView> answer = opening.answer();
                    answers.add(new StoredAnswer<>(answer.status(), answer.body(), answer.location(), false));
                }
            }
        }
        if (!opened.isEmpty()) {
            store.insert(tx, opened);
        }
        return answers;
    }
}

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
        implements BatchWork<OpeningCheckouts.Opening, StoredAnswer<SealedAnswer>> {

    /** A checkout that is to be opened. */
    record Opening(Idempotency.RequestKey key, CheckoutSession session, SealedAnswer sealed) {

        private Answer<SealedAnswer> answer() {
            return Answer.created(sealed, "/api/v1/store/checkouts/" + session.id());
        }
    }

    @Override
    public List<StoredAnswer<SealedAnswer>> run(Transaction tx, List<Call<Opening>> calls) {
        List<Idempotency.Claiming<SealedAnswer>> claimings = calls.stream()
                .map(Call::command)
                .map(opening -> new Idempotency.Claiming<>(opening.key(), null, opening.answer()))
                .toList();
        List<Claim<SealedAnswer>> claims = idempotency.claimAll(tx, claimings, SealedAnswer.class);
        List<StoredAnswer<SealedAnswer>> answers = new ArrayList<>();
        List<CheckoutSession> opened = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            switch (claims.get(i)) {
                case Claim.Answered<SealedAnswer>(StoredAnswer<SealedAnswer> answer) -> answers.add(answer);
                case Claim.UnderWay<SealedAnswer> _ -> throw new CallFailedException(i, Idempotency.inProgress());
                case Claim.Claimed<SealedAnswer>() -> {
                    Opening opening = calls.get(i).command();
                    opened.add(opening.session());
                    Answer<SealedAnswer> answer = opening.answer();
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

package org.cartulary.platform.coalescing;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Runs the calls of a batch one after another, each under the trace of its caller. */
record OneByOne<C, R extends @Nullable Object>(CallWork<C, R> work) implements BatchWork<C, R> {

    @Override
    public List<R> run(Transaction transaction, List<Call<C>> calls) {
        List<R> answers = new ArrayList<>(calls.size());
        for (Call<C> call : calls) {
            try {
                answers.add(RequestContext.ofSystem(RequestContext.currentTenant(), call.traceId())
                        .supply(() -> work.run(transaction, call.command())));
            } catch (RuntimeException failure) {
                throw new CallFailedException(answers.size(), failure);
            }
        }
        return answers;
    }
}

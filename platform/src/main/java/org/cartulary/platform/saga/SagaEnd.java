package org.cartulary.platform.saga;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** What is written in the transaction that ends a saga. Implementations are thread-safe. */
@FunctionalInterface
public interface SagaEnd<S> {

    /**
     * Writes the end. It takes effect once. If it throws, nothing of the transaction stays and the end is tried again.
     *
     * @param code why a step was refused, {@code null} where all were done
     * @param detail the same for people
     */
    void apply(
            Transaction tx, UUID sagaId, S state, SagaEndStatus status, @Nullable String code, @Nullable String detail);

    /**
     * Writes the ends of several sagas of a tenant, one after another if it is not overridden, each under the trace of its saga.
     *
     * @throws CallFailedException naming one that cannot end, so that the others can
     */
    default void applyAll(Transaction tx, List<Call<EndedSaga<S>>> ended) {
        for (int i = 0; i < ended.size(); i++) {
            EndedSaga<S> one = ended.get(i).command();
            try {
                RequestContext.ofSystem(
                                RequestContext.currentTenant(), ended.get(i).traceId())
                        .run(() -> apply(tx, one.sagaId(), one.state(), one.status(), one.code(), one.detail()));
            } catch (RuntimeException failure) {
                throw new CallFailedException(i, failure);
            }
        }
    }
}

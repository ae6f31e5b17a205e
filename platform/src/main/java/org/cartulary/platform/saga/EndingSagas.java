package org.cartulary.platform.saga;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.coalescing.BatchWork;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.database.Transaction;

/** Writes the ends of sagas of one kind that come to their ends at the same time. */
record EndingSagas<S>(SagaStore store, SagaEnd<S> end) implements BatchWork<EndingSagas.Ending<S>, SagaEndStatus> {

    /** A saga that comes to its end, as it is told and as it is stored. */
    record Ending<S>(EndedSaga<S> ended, SagaStore.End stored) {}

    @Override
    public List<SagaEndStatus> run(Transaction tx, List<Call<Ending<S>>> calls) {
        Set<UUID> written = store.end(
                tx, calls.stream().map(call -> call.command().stored()).toList());
        for (int i = 0; i < calls.size(); i++) {
            UUID sagaId = calls.get(i).command().ended().sagaId();
            if (!written.contains(sagaId)) {
                throw new CallFailedException(i, new LostLeaseException(sagaId));
            }
        }
        end.applyAll(
                tx,
                calls.stream()
                        .map(call -> new Call<>(call.command().ended(), call.traceId()))
                        .toList());
        return calls.stream().map(call -> call.command().ended().status()).toList();
    }
}

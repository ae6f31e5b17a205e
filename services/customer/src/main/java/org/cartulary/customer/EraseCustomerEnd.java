package org.cartulary.customer;

import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.saga.SagaEnd;
import org.cartulary.platform.saga.SagaEndStatus;
import org.jspecify.annotations.Nullable;

/** Notes that nothing is left of a customer. */
record EraseCustomerEnd(ErasureStore store) implements SagaEnd<EraseCustomer> {

    @Override
    public void apply(
            Transaction tx,
            UUID sagaId,
            EraseCustomer state,
            SagaEndStatus status,
            @Nullable String code,
            @Nullable String detail) {
        switch (status) {
            case COMPLETED -> store.complete(tx, RequestContext.currentTenant(), sagaId);
            case COMPENSATED -> throw onlyForward(state);
        }
    }

    /** What was forgotten cannot be remembered. */
    static IllegalStateException onlyForward(EraseCustomer state) {
        return new IllegalStateException("the erasure of " + state.person() + " only goes forward");
    }
}

package org.cartulary.customer;

import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Forgets the customer in this service, which keeps nothing on guests. */
record ForgetCustomerStep(Database database, ErasureStore store, Consenting consents)
        implements SagaStep<EraseCustomer> {

    @Override
    public String name() {
        return "forget-customer";
    }

    @Override
    public StepResult<EraseCustomer> run(EraseCustomer state, SagaRun run) {
        UUID customerId = state.customerId();
        if (customerId != null) {
            UUID tenantId = RequestContext.currentTenant();
            database.<Integer>inTransaction(tx -> {
                consents.withdrawAll(tx, customerId);
                return store.forget(tx, tenantId, customerId);
            });
        }
        return new StepResult.Done<>(state);
    }

    @Override
    public EraseCustomer compensate(EraseCustomer state, SagaRun run) {
        throw EraseCustomerEnd.onlyForward(state);
    }
}

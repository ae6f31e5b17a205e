package org.cartulary.customer;

import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Makes what is left of the customer anywhere, events and backups included, unreadable. */
record DestroyKeysStep(SubjectKeysApi keys) implements SagaStep<EraseCustomer> {

    @Override
    public String name() {
        return "destroy-keys";
    }

    @Override
    public StepResult<EraseCustomer> run(EraseCustomer state, SagaRun run) {
        keys.destroy(new DestroySubjectKeys(state.subjects(), null, state.by(), state.reason()));
        return new StepResult.Done<>(state);
    }

    @Override
    public EraseCustomer compensate(EraseCustomer state, SagaRun run) {
        throw EraseCustomerEnd.onlyForward(state);
    }
}

package org.cartulary.customer;

import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.PersonalRecords;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Has another service forget the customer. It is tried until nothing is left there. */
record ForgetRecordsStep(String name, PersonalRecords records) implements SagaStep<EraseCustomer> {

    @Override
    public StepResult<EraseCustomer> run(EraseCustomer state, SagaRun run) {
        ErasedRecords erased = records.erase(state.person());
        return erased.waitsFor() == null ? new StepResult.Done<>(state) : new StepResult.Retry<>(erased.waitsFor());
    }

    @Override
    public EraseCustomer compensate(EraseCustomer state, SagaRun run) {
        throw EraseCustomerEnd.onlyForward(state);
    }
}

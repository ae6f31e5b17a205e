package org.cartulary.customer;

import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Has the carts of the customer deleted, and those from which the person ordered, or was about to, as a guest; no checkout refers to
 * these any more. What else is in carts of the same Guest-Token may be somebody else's, and is left to expire. */
record ForgetCartsStep(CartRecordsApi carts) implements SagaStep<EraseCustomer> {

    @Override
    public String name() {
        return "forget-carts";
    }

    @Override
    public StepResult<EraseCustomer> run(EraseCustomer state, SagaRun run) {
        String waitsFor = carts.erase(state.traces()).waitsFor();
        return waitsFor == null ? new StepResult.Done<>(state) : new StepResult.Retry<>(waitsFor);
    }

    @Override
    public EraseCustomer compensate(EraseCustomer state, SagaRun run) {
        throw EraseCustomerEnd.onlyForward(state);
    }
}

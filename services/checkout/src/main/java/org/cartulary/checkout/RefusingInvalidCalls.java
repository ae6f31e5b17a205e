package org.cartulary.checkout;

import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.springframework.http.HttpStatus;

/**
 * A step whose call another service may find invalid (422), such as a payment provider that the shop does not have. The same
 * call would be invalid for ever, so the step is refused instead of tried again; it is undone as well, in case an earlier
 * attempt had an effect.
 */
record RefusingInvalidCalls(SagaStep<PlaceOrder> step) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return step.name();
    }

    @Override
    public boolean isNeeded(PlaceOrder state) {
        return step.isNeeded(state);
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        try {
            return step.run(state, run);
        } catch (ProblemException problem) {
            if (problem.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw problem;
            }
            return new StepResult.Refused<>(step.compensate(state, run), problem.code(), problem.detail());
        }
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        return step.compensate(state, run);
    }
}

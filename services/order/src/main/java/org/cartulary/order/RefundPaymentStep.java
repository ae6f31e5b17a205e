package org.cartulary.order;

import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.springframework.http.HttpStatus;

/** Gives the money back: the only step that can be refused, and therefore the first. */
record RefundPaymentStep(PaymentApi payments) implements SagaStep<OrderRefund> {

    @Override
    public String name() {
        return "refund-payment";
    }

    @Override
    public StepResult<OrderRefund> run(OrderRefund state, SagaRun run) {
        try {
            return refund(state, run);
        } catch (ProblemException problem) {
            // What is invalid now would be invalid for ever. Should an earlier attempt have given the money back after
            // all, then the event of the payment says so, and completes the refund.
            if (problem.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw problem;
            }
            return new StepResult.Refused<>(state, problem.code(), problem.detail());
        }
    }

    private StepResult<OrderRefund> refund(OrderRefund state, SagaRun run) {
        var command = new RefundPayment(run.sagaId(), state.orderId(), state.amount(), state.reason());
        return switch (payments.refund(command)) {
            case RefundPaymentResult.Refunded(Money amount, Money refunded, String status) ->
                new StepResult.Done<>(state.withPaymentStatus(status));
            case RefundPaymentResult.Refused(String code, String detail) ->
                new StepResult.Refused<>(state, code, detail);
            case RefundPaymentResult.Unknown(String detail) -> new StepResult.Retry<>(detail);
        };
    }

    /** No later step is refused; and what was given back cannot be taken again. */
    @Override
    public OrderRefund compensate(OrderRefund state, SagaRun run) {
        throw new IllegalStateException(
                "the refund " + run.sagaId() + " of the order " + state.orderId() + " is given back, and stays so");
    }
}

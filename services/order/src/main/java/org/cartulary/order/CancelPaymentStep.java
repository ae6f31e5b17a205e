package org.cartulary.order;

import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Makes sure that the customer is not charged. It is tried until it succeeds. */
record CancelPaymentStep(PaymentApi payments) implements SagaStep<OrderCancellation> {

    @Override
    public String name() {
        return "cancel-payment";
    }

    @Override
    public StepResult<OrderCancellation> run(OrderCancellation state, SagaRun run) {
        return switch (payments.cancel(new CancelPayment(state.orderId(), state.reason()))) {
            case CancelPaymentResult.Cancelled(String status) -> new StepResult.Done<>(state.withPaymentStatus(status));
            case CancelPaymentResult.Unknown(String detail) -> new StepResult.Retry<>(detail);
        };
    }

    @Override
    public OrderCancellation compensate(OrderCancellation state, SagaRun run) {
        throw CancelOrderEnd.onlyForward(state);
    }
}

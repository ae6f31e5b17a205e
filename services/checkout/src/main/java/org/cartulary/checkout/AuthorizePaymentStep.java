package org.cartulary.checkout;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.cartulary.platform.saga.UnknownOutcomeException;

/** Has the payment provider set the total aside. An unknown outcome is asked for again under the order's id. */
record AuthorizePaymentStep(CheckoutsInPlacement checkouts, PaymentApi payments) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "authorize-payment";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        CheckoutsInPlacement.Placement placement = checkouts.of(state);
        return switch (payments.authorize(new AuthorizePayment(
                state.orderId(),
                placement.session().customerId(),
                state.total(),
                placement.payment().provider(),
                placement.payment().token()))) {
            case AuthorizePaymentResult.Authorized(UUID paymentId, String method) ->
                new StepResult.Done<>(state.withPayment(paymentId, method));
            case AuthorizePaymentResult.Declined(UUID paymentId, String code, String detail) ->
                new StepResult.Refused<>(
                        state.withRefusals(List.of(new Refusal.Detail("/payment/token", code, detail, null))),
                        "payment-declined",
                        detail);
            case AuthorizePaymentResult.Unknown(UUID paymentId, String detail) -> new StepResult.Retry<>(detail);
            case AuthorizePaymentResult.AlreadyCancelled(UUID paymentId) ->
                new StepResult.Refused<>(state, "payment-cancelled", "the payment was cancelled before");
        };
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        return switch (payments.cancel(new CancelPayment(state.orderId(), "order-not-completed"))) {
            case CancelPaymentResult.Cancelled(String status) -> state;
            case CancelPaymentResult.Unknown(String detail) ->
                throw new UnknownOutcomeException("nobody knows yet whether the payment of the order " + state.orderId()
                        + " is cancelled: " + detail);
        };
    }
}

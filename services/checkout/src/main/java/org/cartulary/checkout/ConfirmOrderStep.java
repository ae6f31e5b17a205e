package org.cartulary.checkout;

import java.util.Objects;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Confirms the order: it is paid, and its stock is sold. The last step, so that nothing can fail after it. */
record ConfirmOrderStep(OrderApi orders) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "confirm-order";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        return switch (orders.confirm(new ConfirmOrder(
                state.orderId(),
                Objects.requireNonNull(state.paymentId()),
                Objects.requireNonNull(state.paymentMethod())))) {
            case ConfirmOrderResult.Confirmed confirmed -> new StepResult.Done<>(state);
            case ConfirmOrderResult.NotConfirmable(String status) ->
                new StepResult.Refused<>(
                        state,
                        "order-cancelled",
                        "the order, which is " + status + ", or its payment was cancelled before it was confirmed");
        };
    }

    /** Nothing to undo: no step comes after it, and {@link CreateOrderStep} cancels the order. */
    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        return state;
    }
}

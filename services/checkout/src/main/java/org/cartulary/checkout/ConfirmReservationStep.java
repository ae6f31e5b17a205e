package org.cartulary.checkout;

import org.cartulary.contracts.inventory.ConfirmReservation;
import org.cartulary.contracts.inventory.ConfirmReservationResult;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/**
 * Turns the reservation into a sale, by one compare-and-set against its expiry: a payment that comes too late is undone,
 * and a confirmed order always owns its stock.
 */
record ConfirmReservationStep(InventoryApi inventory) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "confirm-reservation";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        return switch (inventory.confirm(new ConfirmReservation(state.orderId()))) {
            case ConfirmReservationResult.Confirmed confirmed -> new StepResult.Done<>(state);
            case ConfirmReservationResult.NotOpen(String status) ->
                new StepResult.Refused<>(
                        state,
                        "reservation-expired",
                        "the reservation of the stock was over before the payment was authorised; nothing is charged");
        };
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        inventory.release(new ReleaseReservation(state.orderId(), "order-not-confirmed"));
        return state;
    }
}

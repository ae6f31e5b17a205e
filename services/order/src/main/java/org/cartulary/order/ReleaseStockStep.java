package org.cartulary.order;

import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Gives back what is reserved or sold for the order. */
record ReleaseStockStep(InventoryApi inventory) implements SagaStep<OrderCancellation> {

    @Override
    public String name() {
        return "release-stock";
    }

    @Override
    public StepResult<OrderCancellation> run(OrderCancellation state, SagaRun run) {
        return switch (inventory.release(new ReleaseReservation(state.orderId(), state.reason()))) {
            case ReleaseReservationResult.Released released -> new StepResult.Done<>(state);
            case ReleaseReservationResult.NothingHeld nothing -> new StepResult.Done<>(state);
        };
    }

    @Override
    public OrderCancellation compensate(OrderCancellation state, SagaRun run) {
        throw CancelOrderEnd.onlyForward(state);
    }
}

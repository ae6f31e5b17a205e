package org.cartulary.order;

import java.util.UUID;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/**
 * Puts what came back on sale again. The units were claimed before the money moved, so that inventory can only object where
 * they became available on another way meanwhile, as when the order was cancelled; then there is nothing left to do.
 */
record RestockStep(InventoryApi inventory) implements SagaStep<OrderRefund> {

    @Override
    public String name() {
        return "restock";
    }

    @Override
    public StepResult<OrderRefund> run(OrderRefund state, SagaRun run) {
        if (state.restock().isEmpty()) {
            return new StepResult.Done<>(state);
        }
        var command = new RestockOrder(run.sagaId(), state.orderId(), state.restock(), state.reason());
        return switch (inventory.restock(command)) {
            case RestockOrderResult.Restocked restocked -> new StepResult.Done<>(state.withRestockStatus("RESTOCKED"));
            case RestockOrderResult.MoreThanSold(UUID productId, int requested, int sold) ->
                new StepResult.Done<>(state.withRestockStatus("REFUSED"));
            case RestockOrderResult.NotSold(String status) -> new StepResult.Done<>(state.withRestockStatus("REFUSED"));
        };
    }

    /** The last step, after which nothing is refused. */
    @Override
    public OrderRefund compensate(OrderRefund state, SagaRun run) {
        throw new IllegalStateException("what is for sale again may be sold: the refund " + run.sagaId() + " stays");
    }
}

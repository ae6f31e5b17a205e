package org.cartulary.order;

import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Gives back what the order uses of promotions. */
record ReleasePromotionsStep(PromotionApi promotions) implements SagaStep<OrderCancellation> {

    @Override
    public String name() {
        return "release-promotions";
    }

    @Override
    public boolean isNeeded(OrderCancellation state) {
        return Boolean.TRUE.equals(state.usesPromotions());
    }

    @Override
    public StepResult<OrderCancellation> run(OrderCancellation state, SagaRun run) {
        return switch (promotions.release(new ReleasePromotions(state.orderId(), state.reason()))) {
            case ReleasePromotionsResult.Released released -> new StepResult.Done<>(state);
            case ReleasePromotionsResult.NothingClaimed nothing -> new StepResult.Done<>(state);
        };
    }

    @Override
    public OrderCancellation compensate(OrderCancellation state, SagaRun run) {
        throw CancelOrderEnd.onlyForward(state);
    }
}

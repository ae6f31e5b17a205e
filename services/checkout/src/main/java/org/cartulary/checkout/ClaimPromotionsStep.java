package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.ClaimPromotionsResult.RefusedUse;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Claims the uses of all promotions of the order, or none. An order without promotions passes it by. */
record ClaimPromotionsStep(CheckoutsInPlacement checkouts, PromotionApi promotions) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "claim-promotions";
    }

    @Override
    public boolean isNeeded(PlaceOrder state) {
        return Boolean.TRUE.equals(state.usesPromotions());
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        CheckoutSession session = checkouts.of(state).session();
        return switch (promotions.claim(
                new ClaimPromotions(state.orderId(), session.customerId(), session.promotionUses()))) {
            case ClaimPromotionsResult.Claimed claimed -> new StepResult.Done<>(state);
            case ClaimPromotionsResult.Refused(List<RefusedUse> uses) -> refused(state, session, uses);
            case ClaimPromotionsResult.AlreadyReleased released ->
                new StepResult.Refused<>(state, "order-cancelled", "the order was cancelled before it was placed");
        };
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        // Either answer means that the order uses no promotion, nor ever will.
        promotions.release(new ReleasePromotions(state.orderId(), "order-not-placed"));
        return state;
    }

    private static StepResult<PlaceOrder> refused(PlaceOrder state, CheckoutSession session, List<RefusedUse> uses) {
        List<Refusal.Detail> details = new ArrayList<>();
        for (RefusedUse use : uses) {
            int place = session.couponCodes().indexOf(use.code());
            details.add(new Refusal.Detail(
                    place < 0 ? "" : "/couponCodes/" + place, use.reason(), "it cannot be used once more", null));
        }
        PlaceOrder refused = state.withRefusals(details);
        return switch (uses.getFirst().reason()) {
            case "coupon-used-up" ->
                new StepResult.Refused<>(refused, "coupon-used-up", "the coupon was used by others");
            case "coupon-customer-limit-reached" ->
                new StepResult.Refused<>(
                        refused, "coupon-customer-limit-reached", "the coupon cannot be used once more");
            case "coupon-first-order-only" ->
                new StepResult.Refused<>(refused, "coupon-first-order-only", "the coupon is for a first order");
            case "coupon-expired" ->
                new StepResult.Refused<>(refused, "coupon-expired", "the coupon does not hold any more");
            default ->
                new StepResult.Refused<>(
                        refused,
                        "discount-changed",
                        "what promotions take off has changed since the checkout was opened: open a new one");
        };
    }
}

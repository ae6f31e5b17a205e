package org.cartulary.checkout;

import java.util.List;
import org.cartulary.contracts.promotion.RefusedCoupon;
import org.cartulary.platform.http.ProblemException;

/** Why coupons take nothing off. */
final class CouponProblems {

    private CouponProblems() {}

    /** The problem with the first of them, which names all. */
    static ProblemException of(List<RefusedCoupon> refused, List<String> couponCodes) {
        ProblemException problem = of(refused.getFirst().reason());
        for (RefusedCoupon coupon : refused) {
            problem.with(
                    "/couponCodes/" + couponCodes.indexOf(coupon.code()),
                    coupon.reason(),
                    of(coupon.reason()).detail());
        }
        return problem;
    }

    private static ProblemException of(String reason) {
        return switch (reason) {
            case "coupon-unknown" -> ProblemException.conflict("coupon-unknown", "the shop has no such coupon");
            case "coupon-not-started" ->
                ProblemException.conflict("coupon-not-started", "the coupon does not hold yet");
            case "coupon-expired" -> ProblemException.conflict("coupon-expired", "the coupon does not hold any more");
            case "coupon-used-up" -> ProblemException.conflict("coupon-used-up", "the coupon was used by others");
            case "coupon-customer-limit-reached" ->
                ProblemException.conflict("coupon-customer-limit-reached", "the coupon cannot be used once more");
            case "coupon-minimum-not-reached" ->
                ProblemException.conflict("coupon-minimum-not-reached", "the coupon needs more goods");
            case "coupon-first-order-only" ->
                ProblemException.conflict("coupon-first-order-only", "the coupon is for a first order");
            case "coupon-needs-account" ->
                ProblemException.conflict("coupon-needs-account", "the coupon is for customers with an account");
            case "coupon-not-in-group" ->
                ProblemException.conflict("coupon-not-in-group", "the coupon is for other customers");
            case "coupon-not-combinable" ->
                ProblemException.conflict("coupon-not-combinable", "the coupon does not go with another promotion");
            default -> ProblemException.conflict("coupon-not-applicable", "the coupon takes nothing off these goods");
        };
    }
}

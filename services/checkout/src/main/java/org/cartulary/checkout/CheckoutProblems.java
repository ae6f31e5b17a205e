package org.cartulary.checkout;

import org.cartulary.platform.http.ProblemException;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request for a checkout. */
final class CheckoutProblems {

    private CheckoutProblems() {}

    static ProblemException notFound() {
        return ProblemException.notFound("checkout-not-found", "there is no such checkout");
    }

    static ProblemException expired() {
        return ProblemException.of(
                HttpStatus.GONE, "checkout-expired", "the time of this checkout is over: open a new one");
    }

    /** Why this checkout cannot be changed or completed now. */
    static ProblemException notOpen(CheckoutSession session) {
        return switch (session.status()) {
            case EXPIRED -> expired();
            case COMPLETING ->
                ProblemException.conflict(
                        "checkout-in-progress",
                        "the order of this checkout is being placed: ask for the checkout later");
            case COMPLETED -> {
                ProblemException problem = ProblemException.conflict(
                        "already-completed", "this checkout was completed with the order " + session.orderNumber());
                if (session.orderId() != null) {
                    problem.withProperty("orderId", session.orderId());
                }
                yield problem;
            }
            case OPEN ->
                ProblemException.conflict(
                        "checkout-changed", "this checkout has changed meanwhile: look at it and try again");
        };
    }
}

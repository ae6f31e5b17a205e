package org.cartulary.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** How a refund ended, as it is stored under its idempotency key: either of the two. */
record RefundAnswer(
        @Nullable RefundedOrder refund, @Nullable Refusal refusal) {

    /**
     * A refund as it is answered.
     *
     * @param status COMPLETED, or PENDING while the outcome is unknown
     * @param payment PARTIALLY_REFUNDED or REFUNDED; {@code null} while it is PENDING
     * @param restock RESTOCKED; REFUSED where the units were available already; {@code null} where none came
     *     back, or while that is open
     */
    record RefundedOrder(
            UUID refundId,
            UUID orderId,
            String status,
            Money amount,
            @Nullable String payment,
            @Nullable String restock) {}

    /** Why nothing was given back, in the words of the payment service. */
    record Refusal(String code, String detail) {

        ProblemException toProblem() {
            return ProblemException.conflict("refund-refused", "nothing was given back: " + detail)
                    .with("", code, detail);
        }
    }

    static RefundAnswer completed(UUID refundId, OrderRefund state) {
        return new RefundAnswer(
                new RefundedOrder(
                        refundId,
                        state.orderId(),
                        "COMPLETED",
                        state.amount(),
                        state.paymentStatus(),
                        state.restockStatus()),
                null);
    }

    static RefundAnswer pending(UUID refundId, OrderRefund state) {
        return new RefundAnswer(
                new RefundedOrder(refundId, state.orderId(), "PENDING", state.amount(), null, null), null);
    }

    static RefundAnswer refused(String code, String detail) {
        return new RefundAnswer(null, new Refusal(code, detail));
    }

    /** The refund, or the refusal as a problem. */
    RefundedOrder orThrow() {
        if (refusal != null) {
            throw refusal.toProblem();
        }
        return Objects.requireNonNull(refund);
    }
}

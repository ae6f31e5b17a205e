package org.cartulary.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a cancellation.
 *
 * @param status CANCELLED; PENDING while the order is cancelled and its payment and stock are still to be undone
 * @param payment CANCELLED, FAILED or REFUNDED; {@code null} while it is PENDING
 */
record CancelledOrder(UUID orderId, String status, @Nullable String payment) {

    static CancelledOrder of(OrderCancellation state) {
        return new CancelledOrder(state.orderId(), "CANCELLED", state.paymentStatus());
    }

    static CancelledOrder pending(UUID orderId) {
        return new CancelledOrder(orderId, "PENDING", null);
    }
}

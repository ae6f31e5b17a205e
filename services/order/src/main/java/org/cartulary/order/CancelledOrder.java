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

    /**
     * The answer as far as it is known.
     *
     * @param payment how the payment ended, {@code null} if nobody knows
     */
    static CancelledOrder of(UUID orderId, @Nullable String payment) {
        return payment == null ? pending(orderId) : new CancelledOrder(orderId, "CANCELLED", payment);
    }

    static CancelledOrder pending(UUID orderId) {
        return new CancelledOrder(orderId, "PENDING", null);
    }
}

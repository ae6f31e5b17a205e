package org.cartulary.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga {@code cancel-order}. The order is cancelled before it begins, so that it only goes forward.
 *
 * @param paymentStatus how the payment ended, {@code null} until that is known
 */
record OrderCancellation(
        UUID orderId, String reason, @Nullable String paymentStatus) {

    OrderCancellation withPaymentStatus(String status) {
        return new OrderCancellation(orderId, reason, status);
    }
}

package org.cartulary.order;

import java.util.UUID;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga {@code cancel-order}. The order is cancelled before it begins, so that it only goes forward.
 *
 * @param reason a code
 * @param usesPromotions whether uses of promotions have to be given back, {@code null} for no
 * @param paymentStatus how the payment ended, {@code null} until that is known
 */
record OrderCancellation(
        UUID orderId,
        String reason,
        @Nullable Boolean usesPromotions,
        @Nullable String paymentStatus) {

    OrderCancellation {
        // One that was begun by an earlier version holds what somebody wrote.
        reason = ReasonCode.orUnspecified(reason);
    }

    OrderCancellation withPaymentStatus(String status) {
        return new OrderCancellation(orderId, reason, usesPromotions, status);
    }
}

package org.cartulary.order;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the cancellation of an order.
 *
 * @param reason in the words of the buyer; buyer and shop can read it until the buyer is forgotten
 */
record CancelOrderRequest(
        @Nullable @Size(min = 1, max = 500) String reason) {

    /** Of a request without a body. */
    static final CancelOrderRequest WITHOUT_REASON = new CancelOrderRequest(null);
}

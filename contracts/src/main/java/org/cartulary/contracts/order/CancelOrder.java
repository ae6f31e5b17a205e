package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.privacy.ReasonCode;

/**
 * Cancels an order; cancelling one that does not exist makes sure that it never will.
 *
 * @param reason a {@linkplain ReasonCode code}
 */
public record CancelOrder(UUID orderId, String reason) {

    public CancelOrder {
        ReasonCode.require(reason);
    }
}

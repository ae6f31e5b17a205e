package org.cartulary.contracts.inventory;

import java.util.UUID;
import org.cartulary.platform.privacy.ReasonCode;

/**
 * Gives back what is reserved, or was sold, for an order.
 *
 * @param reason a {@linkplain ReasonCode code}
 */
public record ReleaseReservation(UUID orderId, String reason) {

    public ReleaseReservation {
        ReasonCode.require(reason);
    }
}

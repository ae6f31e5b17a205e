package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.privacy.ReasonCode;

/**
 * Makes sure that the customer is not charged for an order.
 *
 * @param reason a {@linkplain ReasonCode code}
 */
public record CancelPayment(UUID orderId, String reason) {

    public CancelPayment {
        ReasonCode.require(reason);
    }
}

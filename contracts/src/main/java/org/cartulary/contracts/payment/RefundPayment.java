package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for money to be given back.
 *
 * @param refundId names the refund; the same id is refunded once, however often it is asked for
 * @param amount how much, more than zero; {@code null} for all that was taken and not yet given back
 * @param reason a {@linkplain ReasonCode code}
 */
public record RefundPayment(
        UUID refundId, UUID orderId, @Nullable Money amount, String reason) {

    public RefundPayment {
        ReasonCode.require(reason);
    }
}

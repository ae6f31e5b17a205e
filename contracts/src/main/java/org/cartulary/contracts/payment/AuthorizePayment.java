package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Reserves an amount with the payment provider.
 *
 * @param orderId the order, which also is the key under which the call may be repeated
 * @param token the provider's token of the customer's means of payment
 */
public record AuthorizePayment(UUID orderId, @Nullable UUID customerId, Money amount, String provider, String token) {

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "AuthorizePayment[orderId=" + orderId + ", amount=" + amount + ", provider=" + provider + "]";
    }
}

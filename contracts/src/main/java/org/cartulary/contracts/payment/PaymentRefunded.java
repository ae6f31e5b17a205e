package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;

/**
 * Money was given back.
 *
 * @param refundId names the refund
 * @param amount by this refund
 * @param refunded by all refunds of the payment
 * @param status of the payment, PARTIALLY_REFUNDED or REFUNDED
 * @param reason a code
 */
@EventType(name = "payment.refunded.v1", aggregate = "payment")
public record PaymentRefunded(
        UUID paymentId, UUID orderId, UUID refundId, Money amount, Money refunded, String status, String reason) {}

package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * The customer is not charged for the order, nor ever will be: nothing was taken.
 *
 * @param reason a code
 */
@EventType(name = "payment.cancelled.v1", aggregate = "payment")
public record PaymentCancelled(UUID paymentId, UUID orderId, String reason) {}

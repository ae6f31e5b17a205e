package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;

/** The money for an order is ours. */
@EventType(name = "payment.captured.v1", aggregate = "payment")
public record PaymentCaptured(UUID paymentId, UUID orderId, Money amount) {}

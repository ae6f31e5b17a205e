package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.money.Money;

/** A payment; amounts in its currency. */
public record PaymentFact(
        UUID tenantId, UUID orderId, UUID paymentId, String status, Money amount, Money captured, Money refunded) {}

package org.cartulary.contracts.payment;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** A payment as other services see it. */
public record PaymentSummary(
        UUID id,
        UUID orderId,
        String status,
        String provider,
        @Nullable String method,
        Money amount,
        Money captured,
        Money refunded) {}

package org.cartulary.contracts.order;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** An order as other services see it. */
public record OrderSummary(
        UUID id,
        String orderNumber,
        String status,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        Money total,
        Instant placedAt) {}

package org.cartulary.order;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** An order in a list. */
record OrderRow(
        UUID id,
        String orderNumber,
        String status,
        @Nullable UUID customerId,
        @Nullable String externalReference,
        int lineCount,
        long unitCount,
        Money total,
        Instant placedAt) {}

package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param units the units of all lines
 */
public record OrderFact(
        UUID tenantId,
        UUID orderId,
        String orderNumber,
        String status,
        Money total,
        long units,
        @Nullable UUID paymentId) {}

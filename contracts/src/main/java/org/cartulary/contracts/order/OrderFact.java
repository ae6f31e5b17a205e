package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param units the units of all lines
 * @param refunded how much was given back, as far as the order service knows
 * @param discount what promotions take off it
 * @param isBeingUndone whether a saga is under way that undoes the payment and the stock of the cancelled order
 */
public record OrderFact(
        UUID tenantId,
        UUID orderId,
        String orderNumber,
        String status,
        Money total,
        long units,
        @Nullable UUID paymentId,
        Money refunded,
        Money discount,
        boolean isBeingUndone) {}

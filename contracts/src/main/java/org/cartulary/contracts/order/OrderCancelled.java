package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An order is cancelled.
 *
 * @param reason a code; what the canceller wrote is told to nobody
 */
@EventType(name = "order.cancelled.v1", aggregate = "order")
public record OrderCancelled(
        UUID orderId, String orderNumber, @Nullable UUID customerId, String reason) {}

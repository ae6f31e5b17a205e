package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.jspecify.annotations.Nullable;

/** All of an order that is to be sent has arrived. */
@EventType(name = "order.delivered.v1", aggregate = "order")
public record OrderDelivered(
        UUID orderId, String orderNumber, @Nullable UUID customerId) {}

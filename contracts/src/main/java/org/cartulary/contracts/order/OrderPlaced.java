package org.cartulary.contracts.order;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** An order exists; it is not paid yet. */
@EventType(name = "order.placed.v1", aggregate = "order")
public record OrderPlaced(
        UUID orderId, String orderNumber, @Nullable UUID customerId, Money total, int lines, Instant placedAt) {}

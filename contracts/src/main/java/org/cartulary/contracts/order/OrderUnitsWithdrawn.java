package org.cartulary.contracts.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Units of an order will not be sent. Where a refund puts them on sale again, it has been given.
 *
 * @param orderStatus of the order with that, such as SHIPPED where nothing else was to be sent
 * @param lines what is not sent
 */
@EventType(name = "order.units-withdrawn.v1", aggregate = "order")
public record OrderUnitsWithdrawn(
        UUID orderId,
        String orderNumber,
        @Nullable UUID customerId,
        UUID withdrawalId,
        String orderStatus,
        List<SentLine> lines) {}

package org.cartulary.contracts.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A parcel of an order has left. Where it goes and how it is followed is told to nobody.
 *
 * @param orderStatus of the order with that, such as PARTIALLY_SHIPPED
 * @param lines what lies in it
 */
@EventType(name = "order.shipment-sent.v1", aggregate = "order")
public record OrderShipmentSent(
        UUID orderId,
        String orderNumber,
        @Nullable UUID customerId,
        UUID shipmentId,
        String orderStatus,
        List<SentLine> lines) {}

package org.cartulary.contracts.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A parcel of an order has arrived. {@link OrderDelivered} follows where it was the last one.
 *
 * @param lines what lies in it
 */
@EventType(name = "order.shipment-delivered.v1", aggregate = "order")
public record OrderShipmentDelivered(
        UUID orderId, String orderNumber, @Nullable UUID customerId, UUID shipmentId, List<SentLine> lines) {}

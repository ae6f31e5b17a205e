package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.jspecify.annotations.Nullable;

/**
 * The parcels of an order, the first one first.
 *
 * @param orderStatus of the order
 */
record OrderShipments(UUID orderId, @Nullable UUID customerId, String orderStatus, List<OrderView.Shipment> items)
        implements AboutPerson {

    static OrderShipments of(OrderView order) {
        return new OrderShipments(order.id(), order.customerId(), order.status(), order.shipments());
    }

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("order", orderId, customerId);
    }
}

package org.cartulary.payment;

import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.ReactingHandler;

/** Takes the money as soon as the order is confirmed. */
final class OrderConfirmedHandler implements ReactingHandler<OrderConfirmed> {

    private final Database database;
    private final CapturingPayment capturing;

    OrderConfirmedHandler(Database database, CapturingPayment capturing) {
        this.database = database;
        this.capturing = capturing;
    }

    @Override
    public String consumer() {
        return "payment.order-confirmed";
    }

    @Override
    public Class<OrderConfirmed> eventType() {
        return OrderConfirmed.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(OrderConfirmed event, Event envelope) {
        capturing.capture(event.orderId());
    }
}

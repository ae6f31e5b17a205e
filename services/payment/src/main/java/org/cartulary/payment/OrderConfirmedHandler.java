package org.cartulary.payment;

import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.ReactingHandler;

/**
 * Writes down that the money is to be taken as soon as the order is confirmed. The provider is asked elsewhere: one that is away
 * or slow holds up no events, and leaves no dead ones.
 */
final class OrderConfirmedHandler implements ReactingHandler<OrderConfirmed> {

    private final Database database;
    private final CapturingPayment capturing;
    private final PromptCaptures prompt;

    OrderConfirmedHandler(Database database, CapturingPayment capturing, PromptCaptures prompt) {
        this.database = database;
        this.capturing = capturing;
        this.prompt = prompt;
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
        capturing.begin(event.orderId()).ifPresent(prompt::capture);
    }
}

package org.cartulary.order;

import org.cartulary.contracts.payment.PaymentCancelled;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;

/**
 * Notes with the order that nobody is charged for it, and cancels one that counted on being paid. A payment of an order that
 * never was created has no one to tell.
 */
final class PaymentCancelledHandler implements EventHandler<PaymentCancelled> {

    private final Database database;
    private final LosingPayment losing;

    PaymentCancelledHandler(Database database, LosingPayment losing) {
        this.database = database;
        this.losing = losing;
    }

    @Override
    public String consumer() {
        return "order.payment-cancelled";
    }

    @Override
    public Class<PaymentCancelled> eventType() {
        return PaymentCancelled.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(Transaction tx, PaymentCancelled event, Event envelope) {
        losing.lose(tx, event.orderId(), event.paymentId(), event.reason());
    }
}

package org.cartulary.order;

import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.Sagas;

/**
 * Notes with the order that its money has come in. Money for an order that is cancelled goes back: the saga that sees to it
 * is written in the same transaction, and a recovery runs it.
 */
final class PaymentCapturedHandler implements EventHandler<PaymentCaptured> {

    private static final String REASON = "captured after the order was cancelled";

    private final Database database;
    private final PaymentStatusStore store;
    private final Sagas<OrderCancellation> sagas;

    PaymentCapturedHandler(Database database, PaymentStatusStore store, Sagas<OrderCancellation> sagas) {
        this.database = database;
        this.store = store;
        this.sagas = sagas;
    }

    @Override
    public String consumer() {
        return "order.payment-captured";
    }

    @Override
    public Class<PaymentCaptured> eventType() {
        return PaymentCaptured.class;
    }

    @Override
    public Database database() {
        return database;
    }

    /** Money for an order that does not know the payment is a fault. */
    @Override
    public void handle(Transaction tx, PaymentCaptured event, Event envelope) {
        PaymentStatusStore.Noted noted = store.note(
                        tx, new PaymentStatusStore.News(event.orderId(), event.paymentId(), "CAPTURED"))
                .orElseThrow(() -> new IllegalStateException("payment " + event.paymentId() + " was captured for order "
                        + event.orderId() + ", which does not know it"));
        if (noted.status().equals("CANCELLED") && !noted.paymentStatus().equals("REFUNDED")) {
            sagas.begin(tx, Ids.next(), new OrderCancellation(event.orderId(), REASON, null));
        }
    }
}

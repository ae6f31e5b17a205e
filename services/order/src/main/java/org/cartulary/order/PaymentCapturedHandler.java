package org.cartulary.order;

import java.util.List;
import java.util.Optional;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.context.RequestContext;
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

    private static final String REASON = "captured-after-cancellation";

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

    @Override
    public void handle(Transaction tx, PaymentCaptured event, Event envelope) {
        handleAll(tx, List.of(new Arrival<>(event, envelope)));
    }

    /** Money for an order that does not know the payment is a fault. */
    @Override
    public void handleAll(Transaction tx, List<Arrival<PaymentCaptured>> arrivals) {
        List<Optional<PaymentStatusStore.Noted>> noted = store.note(
                tx,
                arrivals.stream()
                        .map(Arrival::event)
                        .map(event -> new PaymentStatusStore.News(event.orderId(), event.paymentId(), "CAPTURED"))
                        .toList());
        for (int i = 0; i < arrivals.size(); i++) {
            PaymentCaptured event = arrivals.get(i).event();
            PaymentStatusStore.Noted order = noted.get(i)
                    .orElseThrow(() -> new IllegalStateException("payment " + event.paymentId()
                            + " was captured for order " + event.orderId() + ", which does not know it"));
            if (order.status().equals("CANCELLED") && !order.paymentStatus().equals("REFUNDED")) {
                giveBack(tx, event, arrivals.get(i).envelope());
            }
        }
    }

    private void giveBack(Transaction tx, PaymentCaptured event, Event envelope) {
        RequestContext.ofSystem(envelope.tenantId(), envelope.traceId())
                .run(() -> sagas.begin(tx, Ids.next(), new OrderCancellation(event.orderId(), REASON, false, null)));
    }
}

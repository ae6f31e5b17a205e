package org.cartulary.order;

import org.cartulary.contracts.payment.PaymentRefunded;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;
import org.cartulary.platform.privacy.ReasonCode;

/** Records refunds with the order: those of its own sagas, if they have not done so yet, and those of cancellations. */
final class PaymentRefundedHandler implements EventHandler<PaymentRefunded> {

    private final Database database;
    private final RecordingRefund recording;

    PaymentRefundedHandler(Database database, RecordingRefund recording) {
        this.database = database;
        this.recording = recording;
    }

    @Override
    public String consumer() {
        return "order.payment-refunded";
    }

    @Override
    public Class<PaymentRefunded> eventType() {
        return PaymentRefunded.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(Transaction tx, PaymentRefunded event, Event envelope) {
        recording.record(
                tx,
                event.orderId(),
                event.refundId(),
                event.amount(),
                event.status(),
                ReasonCode.orUnspecified(event.reason()));
    }
}

package org.cartulary.order;

import java.util.UUID;
import org.cartulary.contracts.order.OrderRefunded;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.money.Money;

/** Records refunds and publishes them, each once, whoever tells of it first: the saga or the payment's event. Thread-safe. */
record RecordingRefund(RefundStore store, Outbox outbox, OrderProgress progress) {

    /** Records the refund in the caller's transaction. */
    void record(Transaction tx, UUID orderId, UUID refundId, Money amount, String paymentStatus, String reason) {
        store.record(tx, orderId, refundId, amount, paymentStatus, reason).ifPresent(recorded -> {
            outbox.append(
                    tx,
                    new OrderRefunded(orderId, refundId, amount, recorded.refundedInTotal()),
                    orderId,
                    recorded.version());
            if (recorded.afterWithdrawal() != null) {
                progress.publishWithdrawal(tx, recorded.afterWithdrawal(), refundId, recorded.orderDelivered());
            }
        });
    }
}

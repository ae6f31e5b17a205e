package org.cartulary.order;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.ReasonCode;
import org.cartulary.platform.saga.Sagas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels orders that counted on a payment which will not be taken, as when its provider gave it up. What is sent already
 * stays sent: people have to ask its customer for the money. Thread-safe.
 */
record LosingPayment(
        CancellationStore store, CancellingOrder orders, PaymentStatusStore payments, Sagas<OrderCancellation> sagas) {

    private static final Logger LOG = LoggerFactory.getLogger(LosingPayment.class);
    private static final Set<String> SENT = Set.of("PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED");

    /** Cancels or notes it in the caller's transaction, once; a recovery runs the saga that gives the stock back. */
    void lose(Transaction tx, UUID orderId, UUID paymentId, String why) {
        String reason = ReasonCode.orUnspecified("not-paid-" + why);
        Optional<OrderStore.Cancellation> cancellation = store.withoutPayment(tx, orderId, paymentId, reason);
        if (cancellation.isPresent()) {
            orders.publish(tx, new CancelOrder(orderId, reason), cancellation.get());
            sagas.begin(
                    tx,
                    Ids.next(),
                    new OrderCancellation(orderId, reason, cancellation.get().hasDiscount(), null));
            return;
        }
        payments.note(tx, new PaymentStatusStore.News(orderId, paymentId, "CANCELLED"))
                .filter(noted -> noted.wasChanged() && SENT.contains(noted.status()))
                .ifPresent(noted ->
                        LOG.error("the order {} is {} and will not be paid: {}", orderId, noted.status(), why));
    }
}

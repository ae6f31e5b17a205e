package org.cartulary.order;

import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;

/** Notes with the order that its money has come in. */
final class PaymentCapturedHandler implements EventHandler<PaymentCaptured> {

    private final Database database;

    PaymentCapturedHandler(Database database) {
        this.database = database;
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
        int changed = tx.jdbc()
                .sql("""
                        UPDATE orders
                        SET payment_status = 'CAPTURED', updated_at = now(), version = version + 1
                        WHERE tenant_id = :tenantId AND id = :orderId AND payment_id = :paymentId
                          AND payment_status = 'AUTHORIZED'
                        """)
                .param("tenantId", envelope.tenantId())
                .param("orderId", event.orderId())
                .param("paymentId", event.paymentId())
                .update();
        if (changed == 0) {
            requireLater(tx, event, envelope);
        }
    }

    /** A payment that has gone further already is fine; money for an order that does not know the payment is not. */
    private static void requireLater(Transaction tx, PaymentCaptured event, Event envelope) {
        String status = tx.jdbc()
                .sql("""
                        SELECT payment_status FROM orders
                        WHERE tenant_id = :tenantId AND id = :orderId AND payment_id = :paymentId
                        """)
                .param("tenantId", envelope.tenantId())
                .param("orderId", event.orderId())
                .param("paymentId", event.paymentId())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("payment " + event.paymentId() + " was captured for order "
                        + event.orderId() + ", which does not know it"));
        if (status.equals("PENDING")) {
            throw new IllegalStateException("order " + event.orderId() + " has a payment that is pending");
        }
    }
}

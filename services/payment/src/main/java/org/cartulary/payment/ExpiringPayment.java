package org.cartulary.payment;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.FindOrder;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.order.OrderSummary;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.platform.database.Database;

/**
 * Ends a payment that has waited for its provider for too long. What the provider has done is recorded; where it has done
 * nothing the payment is cancelled, which stands in the way of an authorisation that comes later. Thread-safe.
 */
final class ExpiringPayment {

    /** Why such a payment is cancelled. */
    static final String REASON = "expired";

    private final Database database;
    private final PaymentStore store;
    private final RecordingPayments records;
    private final LearningOutcome learning;
    private final CancellingPayment cancelling;
    private final GivingUpCharge givingUp;
    private final OrderApi orders;

    ExpiringPayment(PaymentWork work, OrderApi orders) {
        this.database = work.database();
        this.store = work.store();
        this.records = work.records();
        this.learning = work.learning();
        this.cancelling = work.cancelling();
        this.givingUp = work.givingUp();
        this.orders = orders;
    }

    void expire(UUID orderId) {
        switch (learning.learn(orderId)) {
            case RECORDED -> giveBackIfNobodyWantsIt(orderId);
            case NOT_FOUND -> cancel(orderId);
            case UNKNOWN -> {}
        }
    }

    private Optional<Payment> find(UUID orderId) {
        return database.inReadTransaction(tx -> store.find(tx, orderId));
    }

    /** The records decide, and then the provider is asked: an answer that comes in between finds the payment cancelled. */
    private void cancel(UUID orderId) {
        Optional<Payment> payment = find(orderId);
        if (payment.isPresent() && records.expired(payment.get(), REASON)) {
            givingUp.giveUp(payment.get());
        }
    }

    private void giveBackIfNobodyWantsIt(UUID orderId) {
        if (find(orderId)
                .map(Payment::status)
                .filter(ExpiringPayment::isCharged)
                .isEmpty()) {
            return;
        }
        // The order is there before its payment begins.
        OrderSummary order = orders.find(new FindOrder(orderId));
        if (order == null || order.status().equals("CANCELLED")) {
            cancelling.cancel(new CancelPayment(orderId, "order-not-placed"));
        }
    }

    private static boolean isCharged(Payment.Status status) {
        return switch (status) {
            case AUTHORIZED, CAPTURED, SETTLED, PARTIALLY_REFUNDED -> true;
            case PENDING, FAILED, CANCELLED, REFUNDED -> false;
        };
    }
}

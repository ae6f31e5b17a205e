package org.cartulary.payment;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.payment.PaymentCancelled;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.contracts.payment.PaymentRefunded;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.ReasonCode;

/**
 * Records what providers have done, and publishes it in the same transaction. Whoever makes a change publishes it, and nobody
 * else. Each change raises the payment's version, under which it is published. Thread-safe.
 */
final class RecordingPayments {

    /** Why a payment is cancelled that the provider has given up by itself. */
    static final String GIVEN_UP = "given-up-by-provider";

    private static final String CAPTURED_AFTER_END = "taken-after-its-end";

    private final Database database;
    private final CoalescedPayments payments;
    private final PaymentStore store;
    private final RefundStore refunds;
    private final Outbox outbox;

    RecordingPayments(
            Database database, CoalescedPayments payments, PaymentStore store, RefundStore refunds, Outbox outbox) {
        this.database = database;
        this.payments = payments;
        this.store = store;
        this.refunds = refunds;
        this.outbox = outbox;
    }

    /** Records that the money was taken, if the payment is still AUTHORIZED. */
    void captured(Payment payment, String reference) {
        payments.captured(payment, reference);
    }

    /** Records an approval, if the payment waits for one. */
    Payment authorized(Payment payment, ProviderAnswer.Approved answer) {
        return payments.authorized(payment, answer);
    }

    /** Records a refusal, if the payment waits for an answer. */
    Payment declined(Payment payment, ProviderAnswer.Declined answer) {
        return payments.declined(payment, answer);
    }

    /** The payment of the order; one that is cancelled if there was none, so that none can begin. */
    Payment cancelledUnlessBegun(UUID orderId, String reason) {
        return database.inTransaction(tx -> {
            UUID newId = Ids.next();
            Payment payment = store.cancelled(tx, newId, orderId, reason);
            if (payment.id().equals(newId)) {
                publishCancelled(tx, payment, payment.version(), reason);
            }
            return payment;
        });
    }

    /** Records that the money will not be taken, if the payment is PENDING or AUTHORIZED. */
    void voided(Payment payment, String reference, String reason) {
        database.inTransaction(tx -> {
            boolean wasCancelled = locked(tx, payment).status() == Payment.Status.CANCELLED;
            Payment voided = store.voided(tx, payment, reference, reason);
            if (!wasCancelled && voided.status() == Payment.Status.CANCELLED) {
                publishCancelled(tx, voided, voided.version(), reason);
            }
            return voided;
        });
    }

    /** Cancels the payment before its provider has given it up, if it is still PENDING; says whether it was. */
    boolean expired(Payment payment, String reason) {
        return database.inTransaction(tx -> {
            Optional<Long> version = store.expired(tx, payment, reason);
            version.ifPresent(changed -> publishCancelled(tx, payment, changed, reason));
            return version.isPresent();
        });
    }

    /**
     * Records that the provider has taken the money though the payment had ended, and begins to give all of it back: until
     * the provider has done so a job goes on with it.
     */
    void capturedAfterEnd(Payment payment, String reference) {
        database.inTransaction(tx -> {
            Optional<Long> version = store.capturedAfterEnd(tx, payment, reference, CAPTURED_AFTER_END);
            version.ifPresent(changed -> {
                outbox.append(
                        tx,
                        new PaymentCaptured(payment.id(), payment.orderId(), payment.money(payment.amount())),
                        payment.id(),
                        changed);
                refunds.startRest(tx, payment.orderId(), CAPTURED_AFTER_END);
            });
            return version.isPresent();
        });
    }

    /** Records that the money was given back, once. */
    Payment refunded(Payment payment, RefundStore.Refund refund, String reference) {
        return database.inTransaction(tx -> {
            Payment before = locked(tx, payment);
            Payment after = refunds.refunded(tx, payment, refund, reference);
            if (after.refundedAmount().compareTo(before.refundedAmount()) > 0) {
                outbox.append(
                        tx,
                        new PaymentRefunded(
                                after.id(),
                                after.orderId(),
                                refund.id(),
                                after.money(refund.amount()),
                                after.money(after.refundedAmount()),
                                after.status().name(),
                                refund.reason()),
                        after.id(),
                        after.version());
            }
            return after;
        });
    }

    private Payment locked(Transaction tx, Payment payment) {
        return store.lock(tx, payment.orderId())
                .orElseThrow(() -> new IllegalStateException("the payment " + payment.id() + " has disappeared"));
    }

    private void publishCancelled(Transaction tx, Payment payment, long version, String reason) {
        outbox.append(
                tx,
                new PaymentCancelled(payment.id(), payment.orderId(), ReasonCode.require(reason)),
                payment.id(),
                version);
    }
}

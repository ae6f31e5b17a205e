package org.cartulary.payment;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** Goes on with whatever has no known outcome, where nobody else did. Thread-safe. */
final class FinishingPayments {

    private static final int AT_ONCE = 25;

    private final Database database;
    private final PaymentStore store;
    private final UnfinishedStore unfinished;
    private final PaymentWork work;
    private final ExpiringPayment expiring;

    FinishingPayments(PaymentWork work, ExpiringPayment expiring) {
        this.database = work.database();
        this.store = work.store();
        this.unfinished = new UnfinishedStore(work.database());
        this.work = work;
        this.expiring = expiring;
    }

    /**
     * Looks at a bounded number of them. One that fails does not keep the others waiting.
     *
     * @throws IllegalStateException after all, if some failed; they are tried again by a later run
     */
    void run() {
        IllegalStateException failures = null;
        for (UnfinishedStore.Unfinished one : unfinished.claim(AT_ONCE)) {
            try {
                RequestContext.ofSystem(one.tenantId()).run(() -> finish(one));
            } catch (RuntimeException failure) {
                failures = failures == null
                        ? new IllegalStateException("the payment of order " + one.orderId() + " is unfinished", failure)
                        : failures;
                if (failures.getCause() != failure) {
                    failures.addSuppressed(failure);
                }
            }
        }
        if (failures != null) {
            throw failures;
        }
    }

    /** What is still not known stays as it is, for a later run. */
    private void finish(UnfinishedStore.Unfinished one) {
        switch (one.type()) {
            case AUTHORIZE -> expiring.expire(one.orderId());
            case CAPTURE -> work.capturing().capture(one.orderId());
            case VOID -> find(one.orderId()).ifPresent(payment -> finishVoid(payment, one.key()));
            case REFUND -> find(one.orderId()).ifPresent(work.refunding()::resume);
        }
    }

    private void finishVoid(Payment payment, String key) {
        if (payment.isOffWithoutCapture()) {
            work.givingUp().giveUp(payment, key);
        } else {
            work.cancelling().cancel(new CancelPayment(payment.orderId(), "a cancellation that was begun earlier"));
        }
    }

    private Optional<Payment> find(UUID orderId) {
        return database.inReadTransaction(tx -> store.find(tx, orderId));
    }
}

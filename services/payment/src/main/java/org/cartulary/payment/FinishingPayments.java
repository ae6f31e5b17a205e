package org.cartulary.payment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.payment.UnfinishedStore.Unfinished;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** Goes on with whatever has no known outcome, where nobody else did. Thread-safe. */
final class FinishingPayments {

    private static final int CLAIMED = 25;

    /** With the longest wait for a provider, all that is claimed is looked at before the claims end. */
    private static final int AT_ONCE = 8;

    private static final ProviderAnswer.Declined CANCELLED_MEANWHILE =
            new ProviderAnswer.Declined("voided", "the payment was cancelled while its capture was begun");

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
     * Looks at a bounded number of them, some payments at a time, so that a provider that hangs costs the others little; what is
     * open of one payment is looked at one after the other. One that fails does not keep the others waiting.
     *
     * @throws IllegalStateException after all, if some failed; they are tried again by a later run
     */
    void run() {
        Map<Paid, List<Unfinished>> byPayment = unfinished.claim(CLAIMED).stream()
                .collect(Collectors.groupingBy(
                        one -> new Paid(one.tenantId(), one.orderId()), LinkedHashMap::new, Collectors.toList()));
        Semaphore places = new Semaphore(AT_ONCE);
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        // Closing waits for all of them.
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("payment-finish-", 0).factory())) {
            byPayment
                    .values()
                    .forEach(ofPayment -> threads.execute(() -> {
                        places.acquireUninterruptibly();
                        try {
                            ofPayment.forEach(one -> finish(one, failures));
                        } finally {
                            places.release();
                        }
                    }));
        }
        if (!failures.isEmpty()) {
            IllegalStateException failed = new IllegalStateException(
                    failures.size() + " of " + byPayment.size() + " payments are unfinished: "
                            + failures.element().getMessage(),
                    failures.poll());
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /** The payment of an order. */
    private record Paid(UUID tenantId, UUID orderId) {}

    private void finish(Unfinished one, Queue<RuntimeException> failures) {
        try {
            RequestContext.ofSystem(one.tenantId()).run(() -> finish(one));
        } catch (RuntimeException failure) {
            failures.add(
                    new IllegalStateException("the payment of order " + one.orderId() + " is unfinished", failure));
        }
    }

    /** What is still not known stays as it is, for a later run. */
    private void finish(Unfinished one) {
        switch (one.type()) {
            case AUTHORIZE -> expiring.expire(one.orderId());
            case CAPTURE -> find(one.orderId()).ifPresent(payment -> finishCapture(payment, one.key()));
            case VOID -> find(one.orderId()).ifPresent(payment -> finishVoid(payment, one.key()));
            case REFUND -> find(one.orderId()).ifPresent(work.refunding()::resume);
        }
    }

    /** One that was begun while the payment was being cancelled has nothing to take, and nobody else ends it. */
    private void finishCapture(Payment payment, String key) {
        if (payment.status() == Payment.Status.CANCELLED) {
            database.inTransaction(tx -> {
                store.transactionDeclined(tx, payment, key, CANCELLED_MEANWHILE);
                return payment;
            });
        } else {
            work.capturing().capture(payment.orderId());
        }
    }

    private void finishVoid(Payment payment, String key) {
        if (payment.isOffWithoutCapture()) {
            work.givingUp().giveUp(payment, key);
        } else {
            work.cancelling().cancel(new CancelPayment(payment.orderId(), "cancellation-begun-earlier"));
        }
    }

    private Optional<Payment> find(UUID orderId) {
        return database.inReadTransaction(tx -> store.find(tx, orderId));
    }
}

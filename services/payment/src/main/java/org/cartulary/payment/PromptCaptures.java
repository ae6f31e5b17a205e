package org.cartulary.payment;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes money as soon as the wish to take it is written down, some payments at a time, so that a provider that keeps us waiting
 * keeps nobody else waiting. Whatever does not succeed here, or is not begun, a job goes on with. Thread-safe.
 */
final class PromptCaptures implements AutoCloseable {

    private static final int AT_ONCE = 16;
    private static final int WAITING = 1_000;
    private static final int LONGEST_CLOSE_SECONDS = 5;
    private static final String WORK = "payment.prompt-capture";
    private static final Logger LOG = LoggerFactory.getLogger(PromptCaptures.class);

    private final CapturingPayment capturing;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofVirtual().name("payment-capture-", 0).factory());

    PromptCaptures(CapturingPayment capturing) {
        this.capturing = capturing;
        Work.declare(WORK);
    }

    /** Takes the money of a payment soon. The wish to take it is written down before. */
    void capture(Payment begun) {
        RequestContext context = RequestContext.current();
        try {
            executor.execute(
                    () -> context.run(() -> Work.during(WORK, begun.orderId().toString(), () -> captureNow(begun))));
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "too many payments wait for their capture; a job goes on with that of order {}",
                    begun.orderId(),
                    e);
        }
    }

    private void captureNow(Payment begun) {
        try {
            capturing.capture(begun);
        } catch (UndecidedCaptureException undecided) {
            LOG.warn("a job goes on with it: {}", undecided.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("the payment of order {} could not be captured; a job goes on with it", begun.orderId(), fault);
        }
    }

    /** Begins no more, and waits a while for what has begun. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

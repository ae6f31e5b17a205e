package org.cartulary.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.RequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles every night at 03:00 UTC; breaches are logged as errors. The service has no database, so each process that hosts
 * it does so: host it in one. Thread-safe.
 */
final class NightlyReconciliation implements AutoCloseable {

    private static final LocalTime AT = LocalTime.of(3, 0);
    private static final Logger LOG = LoggerFactory.getLogger(NightlyReconciliation.class);

    private final Reconciler reconciler;
    private final Clock clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nightly-reconciliation").factory());

    NightlyReconciliation(Reconciler reconciler, Clock clock) {
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /** Waits for the next night. */
    void start() {
        // Nobody waits for it; what it throws it logs itself.
        var _ = executor.schedule(
                this::run, untilNext(clock.instant().atZone(ZoneOffset.UTC)).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How long it is until the next 03:00. */
    static Duration untilNext(ZonedDateTime now) {
        ZonedDateTime today = now.with(AT);
        return Duration.between(now, today.isAfter(now) ? today : today.plusDays(1));
    }

    private void run() {
        try {
            Reconciliation found = RequestContext.ofSystem(null).supply(reconciler::reconcile);
            LOG.info(
                    "{} invariants checked, {}",
                    found.results().size(),
                    found.ok() ? "all of them hold" : "some are broken");
        } catch (RuntimeException e) {
            LOG.error("the nightly reconciliation failed", e);
        }
        start();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

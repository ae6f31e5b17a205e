package org.cartulary.platform.coalescing;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Work;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one kind, which share transactions with each other and with other kinds of the same database. Thread-safe.
 *
 * @param <C> what is asked
 * @param <R> what is answered
 */
public final class Coalescer<C, R extends @Nullable Object> {

    private final Coalescing coalescing;
    private final String name;
    private final BatchWork<C, R> work;
    private final DistributionSummary batchSize;
    private final Timer wait;

    Coalescer(Coalescing coalescing, String service, String name, BatchWork<C, R> work, MeterRegistry meters) {
        this.coalescing = coalescing;
        this.name = name;
        this.work = work;
        this.batchSize = DistributionSummary.builder("cartulary.coalescing.batch.size")
                .description("Calls of one kind in one transaction")
                .tag("service", service)
                .tag("kind", name)
                .register(meters);
        this.wait = Timer.builder("cartulary.coalescing.wait")
                .description("How long a call waited for its batch to begin")
                .tag("service", service)
                .tag("kind", name)
                .register(meters);
    }

    /**
     * Has the work done for the tenant of this thread's context, by the platform itself, and answers after the commit. Nobody
     * fails for the sake of others who share the transaction, unless it is the database that fails.
     *
     * @throws org.cartulary.platform.http.ProblemException 503 {@code overloaded} if too many calls wait already, or if this one
     *     has waited too long; nothing was done then
     * @throws RuntimeException what the work throws
     * @throws IllegalStateException if a transaction is open on this thread
     */
    public R call(C command) {
        Database.requireNoTransaction("a coalesced call, " + name + ",");
        UUID tenantId = RequestContext.currentTenant();
        PendingCall<C, R> call = new PendingCall<>(
                this, tenantId, new Call<>(command, RequestContext.current().traceId()));
        // The transaction is another thread's, and may be that of much work.
        Work.committing();
        R answer = coalescing.submit(call);
        Work.committed();
        return answer;
    }

    String name() {
        return name;
    }

    BatchWork<C, R> work() {
        return work;
    }

    DistributionSummary batchSize() {
        return batchSize;
    }

    Timer waitTime() {
        return wait;
    }
}

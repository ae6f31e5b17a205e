package org.cartulary.platform.coalescing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent calls share the transactions of one database. While a batch is at work, the calls that come form the next
 * one (natural batching: there is no timer, and a call that comes alone waits for nobody). A batch holds calls of one tenant,
 * so that row-level security holds in it, of whatever kinds; tenants take turns. Each caller is answered after the commit,
 * with its own result. Thread-safe.
 */
public final class Coalescing {

    private static final int LOOKS_DURING_THE_LONGEST_WAIT = 10;

    private final Database database;
    private final CoalescingLimits limits;
    private final BatchPlaces places;
    private final BatchRunner runner;

    /** The calls that wait, by tenant; the tenant whose turn is next comes first. Guarded by this. */
    private final Map<UUID, Deque<PendingCall<?, ?>>> waiting = new LinkedHashMap<>();

    /** The tenants that have a batch at work. Guarded by this. */
    private final Set<UUID> atWork = new HashSet<>();

    /** How many calls wait. Guarded by this. */
    private int waitingCalls;

    /** Whether somebody looks after calls that wait for too long. Guarded by this. */
    private boolean watched;

    Coalescing(Database database, CoalescingLimits limits) {
        this(database, limits, BatchPlaces.OF_THIS_PROCESS);
    }

    Coalescing(Database database, CoalescingLimits limits, BatchPlaces places) {
        this.database = database;
        this.limits = limits;
        this.places = places;
        this.runner = new BatchRunner(database, limits);
    }

    /** That of the database; all parts of a process that use a database share one. */
    public static Coalescing of(Database database) {
        return database.companion(Coalescing.class, one -> new Coalescing(one, CoalescingLimits.DEFAULT));
    }

    /**
     * A kind of calls whose work is done for a whole batch, at best by one statement.
     *
     * @param name in kebab-case, for metrics and messages
     */
    public <C, R extends @Nullable Object> Coalescer<C, R> together(String name, BatchWork<C, R> work) {
        return new Coalescer<>(this, database.service(), name, work, database.meters());
    }

    /**
     * A kind of calls each of which brings its work along.
     *
     * @param name in kebab-case, for metrics and messages
     */
    public SharedTransactions shared(String name) {
        return new SharedTransactions(this, name);
    }

    /** A kind of calls whose work is done one after another in the shared transaction. */
    <C, R extends @Nullable Object> Coalescer<C, R> oneByOne(String name, CallWork<C, R> work) {
        return together(name, new OneByOne<>(work));
    }

    <C, R extends @Nullable Object> R submit(PendingCall<C, R> call) {
        synchronized (this) {
            Deque<PendingCall<?, ?>> queue = waiting.computeIfAbsent(call.tenantId(), tenant -> new ArrayDeque<>());
            if (queue.size() >= limits.callsWaitingPerTenant() || waitingCalls >= limits.callsWaiting()) {
                if (queue.isEmpty()) {
                    waiting.remove(call.tenantId());
                }
                throw PendingCall.overloaded(call.kind().name(), "too many calls wait already");
            }
            if (!watched) {
                Thread.ofVirtual().name("patience-" + database.service()).start(this::watchPatience);
                watched = true;
            }
            queue.add(call);
            waitingCalls++;
            startBatches();
        }
        return call.await();
    }

    /** How many calls wait for their turn, with those that were taken back and not passed by since. */
    public synchronized int waitingCalls() {
        return waitingCalls;
    }

    private synchronized void startBatches() {
        UUID tenant;
        while (atWork.size() < limits.batchesAtOnce() && (tenant = next()) != null) {
            UUID chosen = tenant;
            Thread batch = Thread.ofVirtual()
                    .name("batch-" + database.service())
                    .unstarted(() -> places.run(() -> runBatch(chosen)));
            atWork.add(tenant);
            try {
                batch.start();
            } catch (Throwable failure) {
                // The next call tries again; those that wait lose patience.
                atWork.remove(tenant);
                throw failure;
            }
        }
    }

    /**
     * Ends the waits that take too long, as long as there are any. A timer of each caller's own would cost more than most of
     * what they wait for.
     */
    private void watchPatience() {
        Duration interval = limits.longestWait().dividedBy(LOOKS_DURING_THE_LONGEST_WAIT);
        while (true) {
            LockSupport.parkNanos(interval.toNanos());
            synchronized (this) {
                waiting.values().forEach(queue -> queue.forEach(call -> call.loseThePatienceOf(limits.longestWait())));
                if (waiting.isEmpty()) {
                    watched = false;
                    return;
                }
            }
        }
    }

    /** The tenant whose turn it is, {@code null} if nobody waits but those who have a batch at work. */
    private @Nullable UUID next() {
        for (UUID tenant : waiting.keySet()) {
            if (!atWork.contains(tenant)) {
                return tenant;
            }
        }
        return null;
    }

    private void runBatch(UUID tenant) {
        try {
            List<PendingCall<?, ?>> batch = take(tenant);
            if (!batch.isEmpty()) {
                RequestContext.ofSystem(tenant).run(() -> runOrFail(batch));
            }
        } finally {
            synchronized (this) {
                atWork.remove(tenant);
                startBatches();
            }
        }
    }

    private void runOrFail(List<PendingCall<?, ?>> batch) {
        try {
            batch.forEach(PendingCall::measureWait);
            runner.run(batch);
        } catch (Throwable failure) {
            // Nobody may wait for ever, whatever is wrong with this class; who has an answer keeps it.
            batch.forEach(call -> call.fail(failure));
            throw failure;
        }
    }

    /** As many as one batch holds, in the order in which they came. Whoever still waits then, waits behind the other tenants. */
    private synchronized List<PendingCall<?, ?>> take(UUID tenant) {
        List<PendingCall<?, ?>> batch = new ArrayList<>();
        Deque<PendingCall<?, ?>> queue = waiting.remove(tenant);
        if (queue == null) {
            return batch;
        }
        for (Iterator<PendingCall<?, ?>> calls = queue.iterator();
                calls.hasNext() && batch.size() < limits.callsPerBatch(); ) {
            PendingCall<?, ?> call = calls.next();
            calls.remove();
            waitingCalls--;
            if (call.takeAlong()) {
                batch.add(call);
            }
        }
        if (!queue.isEmpty()) {
            waiting.put(tenant, queue);
        }
        return batch;
    }
}

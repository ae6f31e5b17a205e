package org.cartulary.platform.saga;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.jobs.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts and recovers the sagas of one type. Thread-safe.
 *
 * <p>A saga is written together with the caller's intent, so that it is either both or neither. Its steps are run outside
 * any transaction by whoever holds its lease of 10 s, which the process keeps alive for as long as it runs the saga. When a
 * step fails, or the node that ran it dies, any node takes the saga up again at the last step that was stored: steps are
 * therefore idempotent. Its end is one transaction, and is written once.
 *
 * <p>Every write is a compare-and-set on the token of the lease, by the clock of the database: a process that was paused and
 * wakes up when another one has taken over changes nothing.
 */
public final class Sagas<S> {

    private static final Logger LOG = LoggerFactory.getLogger(Sagas.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(2);
    private static final int MAX_RECOVERED_IN_A_RUN = 200;
    private static final int MAX_CONCURRENT_RECOVERIES = 4;
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
    private static final Duration ENDED_KEPT = Duration.ofDays(30);
    private static final int MAX_PURGED_AT_ONCE = 1_000;
    private static final int MAX_PURGES_IN_A_RUN = 100;

    private final UUID owner = UUID.randomUUID();
    private final SagaRunner.Environment<S> environment;
    private final Map<String, List<SagaStep<S>>> forms;
    private final Duration lease;

    /** The sagas that the definition describes, kept in the database. */
    public Sagas(Database database, SagaDefinition<S> definition, JsonMapper json, MeterRegistry meters) {
        this(
                database,
                definition,
                json,
                meters,
                LEASE,
                SagaHeartbeat.of(database),
                SagaListeners.installed(definition));
    }

    Sagas(
            Database database,
            SagaDefinition<S> definition,
            JsonMapper json,
            MeterRegistry meters,
            Duration lease,
            SagaHeartbeat heartbeat,
            SagaListeners listeners) {
        this.lease = lease;
        this.forms = definition.forms();
        SagaStore store = new SagaStore(database, definition, lease);
        this.environment = new SagaRunner.Environment<>(
                database,
                Coalescing.of(database)
                        .together("end-" + definition.type(), new EndingSagas<>(store, definition.end())),
                definition,
                json,
                store,
                new SagaMeters(meters, definition.type()),
                heartbeat,
                listeners);
    }

    /**
     * Writes a saga in the same transaction as the intent of the caller, and runs it. It belongs to the tenant of this
     * thread's context; its steps and its end are run as the platform itself.
     *
     * @param intent writes what the caller intends, and returns the state to begin with
     * @return how far it came; what is pending is brought to its end by {@link #recoverDue}
     */
    public SagaOutcome<S> start(Function<Transaction, S> intent, UUID sagaId) {
        return proceed(environment.database().inTransaction(tx -> begin(tx, sagaId, intent.apply(tx))));
    }

    /**
     * Writes a saga in the caller's transaction. After its commit the caller runs it with {@link #proceed}; if it does not,
     * a recovery does.
     */
    public StartedSaga<S> begin(Transaction tx, UUID sagaId, S state) {
        aboutToBegin(sagaId);
        return beginAll(
                        tx,
                        List.of(new Beginning<>(
                                sagaId, state, RequestContext.current().traceId())))
                .getFirst();
    }

    /**
     * A saga to begin.
     *
     * @param traceId the trace that begins it
     */
    public record Beginning<S>(UUID sagaId, S state, String traceId) {}

    /** Tells listeners that a saga is about to begin; {@link #begin} does it by itself. */
    public void aboutToBegin(UUID sagaId) {
        environment.listeners().reached(sagaId, "begin/before");
    }

    /**
     * As {@link #begin}, for several by one statement; they are answered in their order. Whoever wants them to begin says so
     * with {@link #aboutToBegin} before.
     */
    public List<StartedSaga<S>> beginAll(Transaction tx, List<Beginning<S>> beginnings) {
        long leaseEnds = System.nanoTime() + lease.toNanos();
        insert(tx, owner, beginnings);
        return beginnings.stream()
                .map(beginning -> new StartedSaga<>(beginning.sagaId(), beginning.state(), leaseEnds))
                .toList();
    }

    private void insert(Transaction tx, @Nullable UUID firstOwner, List<Beginning<S>> beginnings) {
        environment
                .store()
                .insert(
                        tx,
                        firstOwner,
                        beginnings.stream()
                                .map(beginning -> new SagaStore.NewSaga(
                                        beginning.sagaId(),
                                        environment.json().writeValueAsString(beginning.state()),
                                        beginning.traceId()))
                                .toList());
    }

    /** Writes a saga in the caller's transaction, and leaves it to a recovery, which takes it up within seconds. */
    public void leaveToRecovery(Transaction tx, UUID sagaId, S state) {
        environment.listeners().reached(sagaId, "begin/before");
        insert(
                tx,
                null,
                List.of(new Beginning<>(sagaId, state, RequestContext.current().traceId())));
    }

    /** Runs a saga that {@link #begin} wrote, once. */
    public SagaOutcome<S> proceed(StartedSaga<S> started) {
        environment.listeners().reached(started.sagaId(), "started");
        var held = new SagaStore.Lease(RequestContext.currentTenant(), started.sagaId(), owner, 1);
        SagaRunner<S> runner =
                runner(environment.definition().steps(), held, started.leaseEndsAtNanos() - lease.toNanos());
        return RequestContext.current().asSystem().supply(() -> runner.run(started.state()));
    }

    private SagaRunner<S> runner(List<SagaStep<S>> steps, SagaStore.Lease held, long takenAtNanos) {
        return new SagaRunner<>(environment, steps, new HeldLease(held, lease, takenAtNanos), takenAtNanos);
    }

    /**
     * The job that takes up what nobody runs: every 2 s, on every node, so that the sagas of a node that died are taken up
     * within 10 s or so by whichever is alive.
     */
    public Job recovery() {
        return Job.onEveryNode(
                "recover-" + environment.definition().type(),
                RECOVERY_INTERVAL,
                () -> recoverDue(MAX_RECOVERED_IN_A_RUN));
    }

    /**
     * The job that deletes those that ended more than 30 days ago: a bounded number an hour, in short transactions. Sagas
     * whose rows are evidence for as long as what they made, such as those that placed orders, do without it.
     */
    public Job purging() {
        return new Job("purge-" + environment.definition().type(), PURGE_INTERVAL, () -> {
            for (int purge = 0; purge < MAX_PURGES_IN_A_RUN; purge++) {
                if (purgeEnded(ENDED_KEPT, MAX_PURGED_AT_ONCE) < MAX_PURGED_AT_ONCE) {
                    return;
                }
            }
        });
    }

    /**
     * Takes up sagas that are due and that nobody runs, of all tenants, four at a time, and returns when these have ended or
     * are suspended again.
     *
     * @param limit the most to take up
     * @return how many were taken up
     */
    public int recoverDue(int limit) {
        Database.requireNoTransaction("a recovery");
        AtomicInteger allowed = new AtomicInteger(limit);
        Callable<Integer> worker = () -> recoverWhile(() -> allowed.getAndDecrement() > 0);
        int taken = 0;
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one :
                    workers.invokeAll(Collections.nCopies(Math.min(limit, MAX_CONCURRENT_RECOVERIES), worker))) {
                taken += one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("interrupted while sagas are recovered; others take them up");
        } catch (ExecutionException e) {
            throw fault(e.getCause());
        }
        return taken;
    }

    private static RuntimeException fault(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException fault
                ? fault
                : new IllegalStateException("the recovery failed", cause);
    }

    private int recoverWhile(BooleanSupplier allowed) {
        int taken = 0;
        while (allowed.getAsBoolean()) {
            long takenAt = System.nanoTime();
            Optional<SagaStore.Leased> due = environment.store().claimDue(owner);
            if (due.isEmpty()) {
                return taken;
            }
            taken++;
            recover(due.get(), takenAt);
        }
        return taken;
    }

    private void recover(SagaStore.Leased saga, long takenAtNanos) {
        environment.meters().recovered();
        try {
            RequestContext.ofSystem(saga.lease().tenantId(), saga.traceId())
                    .run(() -> runner(Objects.requireNonNull(forms.get(saga.type())), saga.lease(), takenAtNanos)
                            .resume(saga));
        } catch (Throwable e) {
            // An Error too: one saga must end neither the recovery of the others nor that of the next node.
            LOG.warn(
                    "the saga {} could not be recovered; its lease expires",
                    saga.lease().sagaId(),
                    e);
        }
    }

    /** How far a saga of this thread's tenant came, {@code null} if there is none. */
    public @Nullable SagaOutcome<S> find(UUID sagaId) {
        return environment
                .store()
                .find(RequestContext.currentTenant(), sagaId)
                .map(stored -> outcome(sagaId, stored))
                .orElse(null);
    }

    /**
     * The state of a saga of this thread's tenant that was suspended and is left to recoveries. Empty while it is run for
     * the first time, when it has ended, and if there is none.
     */
    public Optional<S> suspended(Transaction tx, UUID sagaId) {
        return environment.store().suspended(tx, sagaId).map(this::state);
    }

    private S state(String stored) {
        return environment.json().readValue(stored, environment.definition().stateType());
    }

    private SagaOutcome<S> outcome(UUID sagaId, SagaStore.Stored stored) {
        S state = state(stored.state());
        return switch (stored.status()) {
            case "completed" -> new SagaOutcome.Completed<>(state);
            case "compensated" -> {
                Refusal refusal = Refusal.read(environment.json(), stored.refusal());
                yield new SagaOutcome.Compensated<>(state, refusal.code(), refusal.detail());
            }
            default -> new SagaOutcome.Pending<>(sagaId);
        };
    }

    /**
     * Deletes sagas that ended so long ago.
     *
     * @param limit the most to delete
     * @return how many were deleted
     */
    public int purgeEnded(Duration olderThan, int limit) {
        return environment.store().purge(olderThan, limit);
    }
}

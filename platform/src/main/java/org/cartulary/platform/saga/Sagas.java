package org.cartulary.platform.saga;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts and recovers the sagas of one type. Thread-safe.
 *
 * <p>A saga is written together with the caller's intent, so that it is either both or neither. Its steps are run outside
 * any transaction by whoever holds its lease of 60 s. When a step fails, or the node that ran it dies, any node takes the
 * saga up again at the last step that was stored: steps are therefore idempotent. Its end is one transaction, and is
 * written once.
 */
public final class Sagas<S> {

    private static final Logger LOG = LoggerFactory.getLogger(Sagas.class);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final UUID owner = UUID.randomUUID();
    private final Database database;
    private final SagaDefinition<S> definition;
    private final SagaMeters meters;
    private final JsonMapper json;
    private final SagaStore store;
    private final Duration lease;

    /** The sagas that the definition describes, kept in the database. */
    public Sagas(Database database, SagaDefinition<S> definition, JsonMapper json, MeterRegistry meters) {
        this(database, definition, json, meters, LEASE);
    }

    Sagas(Database database, SagaDefinition<S> definition, JsonMapper json, MeterRegistry meters, Duration lease) {
        this.database = database;
        this.definition = definition;
        this.json = json;
        this.meters = new SagaMeters(meters, definition.type());
        this.lease = lease;
        this.store = new SagaStore(database, definition.type(), lease);
    }

    /**
     * Writes a saga in the same transaction as the intent of the caller, and runs it. It belongs to the tenant of this
     * thread's context; its steps and its end are run as the platform itself.
     *
     * @param intent writes what the caller intends, and returns the state to begin with
     * @return how far it came; what is pending is brought to its end by {@link #recoverDue}
     */
    public SagaOutcome<S> start(Function<Transaction, S> intent, UUID sagaId) {
        return proceed(database.inTransaction(tx -> begin(tx, sagaId, intent.apply(tx))));
    }

    /**
     * Writes a saga in the caller's transaction. After its commit the caller runs it with {@link #proceed}; if it does not,
     * a recovery does.
     */
    public StartedSaga<S> begin(Transaction tx, UUID sagaId, S state) {
        long leaseEnds = System.nanoTime() + lease.toNanos();
        store.insert(tx, sagaId, owner, json.writeValueAsString(state));
        return new StartedSaga<>(sagaId, state, leaseEnds);
    }

    /** Runs a saga that {@link #begin} wrote, once. */
    public SagaOutcome<S> proceed(StartedSaga<S> started) {
        var held = new SagaStore.Lease(RequestContext.currentTenant(), started.sagaId(), owner, 1);
        var runner = new SagaRunner<>(database, definition, json, store, meters, lease);
        return RequestContext.current()
                .asSystem()
                .supply(() -> runner.run(held, started.state(), started.leaseEndsAtNanos()));
    }

    /**
     * Takes up sagas that are due and that nobody runs, of all tenants, one after the other.
     *
     * @param limit the most to take up
     * @return how many were taken up
     */
    public int recoverDue(int limit) {
        for (int taken = 0; taken < limit; taken++) {
            long leaseEnds = System.nanoTime() + lease.toNanos();
            Optional<SagaStore.Leased> due = store.claimDue(owner);
            if (due.isEmpty()) {
                return taken;
            }
            SagaStore.Leased saga = due.get();
            meters.recovered();
            try {
                RequestContext.ofSystem(saga.lease().tenantId(), saga.traceId())
                        .run(() -> new SagaRunner<>(database, definition, json, store, meters, lease)
                                .resume(saga, leaseEnds));
            } catch (RuntimeException e) {
                LOG.warn(
                        "the saga {} could not be recovered; its lease expires",
                        saga.lease().sagaId(),
                        e);
            }
        }
        return limit;
    }

    /** How far a saga of this thread's tenant came, {@code null} if there is none. */
    public @Nullable SagaOutcome<S> find(UUID sagaId) {
        return store.find(RequestContext.currentTenant(), sagaId)
                .map(stored -> outcome(sagaId, stored))
                .orElse(null);
    }

    private SagaOutcome<S> outcome(UUID sagaId, SagaStore.Stored stored) {
        S state = json.readValue(stored.state(), definition.stateType());
        return switch (stored.status()) {
            case "completed" -> new SagaOutcome.Completed<>(state);
            case "compensated" -> {
                Refusal refusal = Refusal.read(json, stored.refusal());
                yield new SagaOutcome.Compensated<>(state, refusal.code(), refusal.detail());
            }
            default -> new SagaOutcome.Pending<>(sagaId);
        };
    }

    /**
     * Takes up a saga again that was set aside after 100 failures of one step; for operators.
     *
     * @return whether there is one
     */
    public boolean resume(UUID tenantId, UUID sagaId) {
        return store.resume(tenantId, sagaId) == 1;
    }

    /**
     * Deletes sagas that ended so long ago.
     *
     * @return how many were deleted
     */
    public int purgeEnded(Duration olderThan) {
        return store.purge(olderThan);
    }
}

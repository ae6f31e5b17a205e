package org.cartulary.platform.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of sagas. Whoever runs a saga holds its lease, and each write is a compare-and-set on the token of that lease: a
 * node that lost it changes nothing. Leases go by the clock of the database.
 */
final class SagaStore {

    /** After so many failures of one step that no repetition mends, a saga is set aside for an operator. */
    static final int MAX_FAULTS = 5;

    /** A step that fails for so long, though its faults seemed to pass, is left to an operator too. */
    static final Duration MAX_SUSPENSION = Duration.ofHours(24);

    /** The longest time between two attempts. */
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    /** Whether the row stands where the run stands: at the same step, in the same direction. */
    private static final String SAME_WORK =
            "(current_step = :step AND (compensation_data IS NULL) = (cast(:refusal AS jsonb) IS NULL))";

    private final Database database;
    private final String type;
    private final String[] types;
    private final int stepCount;
    private final boolean forwardOnly;
    private final Duration lease;

    SagaStore(Database database, SagaDefinition<?> definition, Duration lease) {
        this.database = database;
        this.type = definition.storedType();
        this.types = definition.forms().keySet().toArray(String[]::new);
        this.stepCount = definition.steps().size();
        this.forwardOnly = definition.forwardOnly();
        this.lease = lease;
    }

    /** The right to run a saga. */
    record Lease(UUID tenantId, UUID sagaId, UUID owner, long token) {}

    /**
     * A saga as it was stored, with the lease that was taken on it.
     *
     * @param step how many steps were done and not undone again: the number of the step to run next, and one more than that
     *     of the step to undo next
     * @param type the name of its form, see {@link SagaDefinition#forms()}
     */
    record Leased(
            Lease lease,
            String type,
            boolean compensating,
            int step,
            int attempts,
            String state,
            @Nullable String refusal,
            String traceId) {}

    /** A saga as it was stored. */
    record Stored(String status, String state, @Nullable String refusal) {}

    /** A saga to be written. */
    record NewSaga(UUID sagaId, String state, String traceId) {}

    /**
     * Writes new sagas.
     *
     * @param owner who holds their first leases, {@code null} to leave them to whichever node comes first
     */
    void insert(Transaction tx, @Nullable UUID owner, List<NewSaga> sagas) {
        tx.jdbc()
                .sql("""
                        INSERT INTO saga_instances (tenant_id, saga_id, saga_type, step_count, forward_only, saga_data,
                                                    trace_id, lease_owner, lease_token, lease_until)
                        SELECT :tenantId, n.saga_id, :type, :stepCount, :forwardOnly, n.state, n.trace_id,
                               cast(:owner AS uuid), 1,
                               CASE WHEN cast(:owner AS uuid) IS NOT NULL
                                    THEN clock_timestamp() + make_interval(secs => cast(:lease AS double precision)) END
                        FROM unnest(:sagaIds, :states, :traceIds) AS n (saga_id, state, trace_id)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("type", type)
                .param("stepCount", stepCount)
                .param("forwardOnly", forwardOnly)
                .param("owner", owner)
                .param("lease", seconds())
                .param("sagaIds", Sql.uuidArray(sagas, NewSaga::sagaId))
                .param("states", Sql.jsonArray(sagas, NewSaga::state))
                .param("traceIds", Sql.textArray(sagas, NewSaga::traceId))
                .update();
    }

    /**
     * Takes the lease of a saga that is due and that nobody runs. One that only goes forward, and yet was to be undone
     * before that was known of it, goes on where it stood then: nothing of it was undone.
     */
    Optional<Leased> claimDue(UUID owner) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        UPDATE saga_instances
                        SET lease_owner = :owner,
                            lease_token = lease_token + 1,
                            forward_only = :forwardOnly,
                            status = CASE WHEN :forwardOnly THEN 'started' ELSE status END,
                            current_step = CASE WHEN :forwardOnly
                                                THEN coalesce((compensation_data ->> 'step')::integer, current_step)
                                                ELSE current_step END,
                            compensation_data = CASE WHEN NOT :forwardOnly THEN compensation_data END,
                            lease_until = clock_timestamp() + make_interval(secs => cast(:lease AS double precision)),
                            updated_at = clock_timestamp()
                        WHERE (tenant_id, saga_id) = (
                            SELECT due.tenant_id, due.saga_id
                            FROM unnest(:types) AS of_type (name)
                            CROSS JOIN LATERAL (
                                SELECT tenant_id, saga_id, next_attempt_at
                                FROM saga_instances
                                WHERE saga_type = of_type.name
                                  AND status IN ('started', 'compensating')
                                  AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                                  AND next_attempt_at <= clock_timestamp()
                                ORDER BY next_attempt_at
                                LIMIT 1
                                FOR UPDATE SKIP LOCKED) due
                            ORDER BY due.next_attempt_at
                            LIMIT 1)
                        RETURNING tenant_id, saga_id, saga_type, lease_token, status, current_step, attempts, saga_data,
                                  compensation_data, trace_id
                        """)
                .param("owner", owner)
                .param("forwardOnly", forwardOnly)
                .param("lease", seconds())
                .param("types", types)
                .query((row, number) -> leased(row, owner))
                .optional());
    }

    private static Leased leased(ResultSet row, UUID owner) throws SQLException {
        return new Leased(
                new Lease(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("saga_id", UUID.class),
                        owner,
                        row.getLong("lease_token")),
                row.getString("saga_type"),
                "compensating".equals(row.getString("status")),
                row.getInt("current_step"),
                row.getInt("attempts"),
                row.getString("saga_data"),
                row.getString("compensation_data"),
                row.getString("trace_id"));
    }

    /**
     * Prolongs the lease and writes the progress along with it.
     *
     * @param refusal why the saga is undone, {@code null} while it is not
     */
    void progress(Lease held, int step, String state, @Nullable String refusal, List<StepNote> notes) {
        database.inTransaction(tx -> {
            int updated = tx.jdbc()
                    .sql("""
                            UPDATE saga_instances
                            SET status = CASE WHEN cast(:refusal AS jsonb) IS NULL THEN 'started' ELSE 'compensating' END,
                                attempts = CASE WHEN %1$s THEN attempts ELSE 0 END,
                                faults = CASE WHEN %1$s THEN faults ELSE 0 END,
                                suspended_since = CASE WHEN %1$s THEN suspended_since END,
                                current_step = :step,
                                saga_data = :state,
                                compensation_data = :refusal,
                                lease_until = clock_timestamp()
                                    + make_interval(secs => cast(:lease AS double precision)),
                                updated_at = clock_timestamp()
                            WHERE tenant_id = :tenantId AND saga_id = :sagaId
                              AND lease_owner = :owner AND lease_token = :token
                            """.formatted(SAME_WORK))
                    .param("step", step)
                    .param("state", Sql.json(state))
                    .param("refusal", Sql.json(refusal))
                    .param("lease", seconds())
                    .param("tenantId", held.tenantId())
                    .param("sagaId", held.sagaId())
                    .param("owner", held.owner())
                    .param("token", held.token())
                    .update();
            requireHeld(held, updated);
            StepNote.writeAll(tx, held, notes);
            return updated;
        });
    }

    /**
     * Gives the lease back until the saga is tried again: after 1 s, 2 s, 4 s and so on, at most 5 min, with jitter. A saga
     * whose current step has failed too often, or for too long, is set aside instead.
     *
     * @param state {@code null} to leave it as it is
     * @param passing whether the fault passes by itself
     * @return whether the saga was set aside for an operator
     */
    boolean suspend(Lease held, int step, @Nullable String state, String why, boolean passing, List<StepNote> notes) {
        return database.inTransaction(tx -> {
            String status = tx.jdbc()
                    .sql("""
                            UPDATE saga_instances
                            SET attempts = CASE WHEN current_step = :step THEN attempts + 1 ELSE 1 END,
                                faults = CASE WHEN current_step = :step THEN faults ELSE 0 END + :fault,
                                suspended_since = coalesce(CASE WHEN current_step = :step THEN suspended_since END,
                                                           clock_timestamp()),
                                next_attempt_at = clock_timestamp() + make_interval(secs => (0.5 + random() / 2) * CASE
                                    WHEN current_step = :step
                                    THEN least(:maxBackoffSeconds, power(2, least(attempts, 20))) ELSE 1 END),
                                status = CASE WHEN CASE WHEN current_step = :step THEN faults ELSE 0 END + :fault
                                                       >= :maxFaults
                                                OR (current_step = :step AND suspended_since < clock_timestamp()
                                                       - make_interval(secs => :maxSuspensionSeconds))
                                              THEN 'failed' ELSE status END,
                                current_step = :step,
                                saga_data = coalesce(cast(:state AS jsonb), saga_data),
                                error = left(:why, 2000),
                                lease_owner = NULL,
                                lease_until = NULL,
                                updated_at = clock_timestamp()
                            WHERE tenant_id = :tenantId AND saga_id = :sagaId
                              AND lease_owner = :owner AND lease_token = :token
                            RETURNING status
                            """)
                    .param("step", step)
                    .param("state", Sql.json(state))
                    .param("why", why)
                    .param("fault", passing ? 0 : 1)
                    .param("maxFaults", MAX_FAULTS)
                    .param("maxBackoffSeconds", MAX_BACKOFF.toSeconds())
                    .param("maxSuspensionSeconds", (double) MAX_SUSPENSION.toSeconds())
                    .param("tenantId", held.tenantId())
                    .param("sagaId", held.sagaId())
                    .param("owner", held.owner())
                    .param("token", held.token())
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new LostLeaseException(held.sagaId()));
            StepNote.writeAll(tx, held, notes);
            return status.equals("failed");
        });
    }

    /**
     * The end of a saga.
     *
     * @param refusal why it was undone, {@code null} if it was not
     */
    record End(
            Lease held,
            SagaEndStatus status,
            int step,
            String state,
            @Nullable String refusal,
            List<StepNote> notes) {

        UUID sagaId() {
            return held.sagaId();
        }
    }

    /**
     * Ends sagas of this thread's tenant in the caller's transaction.
     *
     * @return those that were ended; the leases of the others are lost
     */
    Set<UUID> end(Transaction tx, List<End> ends) {
        Set<UUID> ended = Set.copyOf(tx.jdbc()
                .sql("""
                        UPDATE saga_instances s
                        SET status = e.status, current_step = e.step, saga_data = e.state,
                            compensation_data = e.refusal, error = NULL, lease_owner = NULL, lease_until = NULL,
                            updated_at = clock_timestamp()
                        FROM unnest(:sagaIds, :owners, :tokens, :statuses, :steps, :states, :refusals)
                             AS e (saga_id, owner, token, status, step, state, refusal)
                        WHERE s.tenant_id = :tenantId AND s.saga_id = e.saga_id
                          AND s.lease_owner = e.owner AND s.lease_token = e.token
                          -- By its key, not by the index of all that are unfinished.
                          AND CASE WHEN s.status IN ('started', 'compensating') THEN true ELSE false END
                        RETURNING s.saga_id
                        """)
                .param("sagaIds", Sql.uuidArray(ends, End::sagaId))
                .param("owners", Sql.uuidArray(ends, end -> end.held().owner()))
                .param("tokens", Sql.longArray(ends, end -> end.held().token()))
                .param("statuses", Sql.textArray(ends, SagaStore::word))
                .param("steps", Sql.intArray(ends, End::step))
                .param("states", Sql.jsonArray(ends, End::state))
                .param("refusals", Sql.jsonArray(ends, End::refusal))
                .param("tenantId", RequestContext.currentTenant())
                .query(UUID.class)
                .list());
        StepNote.writeAll(
                tx,
                ends.stream()
                        .filter(end -> ended.contains(end.sagaId()))
                        .flatMap(end -> end.notes().stream().map(note -> new StepNote.OfSaga(end.sagaId(), note)))
                        .toList());
        return ended;
    }

    private static String word(End end) {
        return switch (end.status()) {
            case COMPLETED -> "completed";
            case COMPENSATED -> "compensated";
        };
    }

    Optional<Stored> find(UUID tenantId, UUID sagaId) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT status, saga_data, compensation_data
                        FROM saga_instances
                        WHERE tenant_id = :tenantId AND saga_id = :sagaId AND saga_type = ANY (:types)
                        """)
                .param("tenantId", tenantId)
                .param("sagaId", sagaId)
                .param("types", types)
                .query((row, number) -> new Stored(
                        row.getString("status"), row.getString("saga_data"), row.getString("compensation_data")))
                .optional());
    }

    /** The state of a saga of this thread's tenant, if a step of it failed and has not been done since. */
    Optional<String> suspended(Transaction tx, UUID sagaId) {
        return tx.jdbc()
                .sql("""
                        SELECT saga_data
                        FROM saga_instances
                        WHERE tenant_id = :tenantId AND saga_id = :sagaId AND saga_type = ANY (:types)
                          AND suspended_since IS NOT NULL AND status NOT IN ('completed', 'compensated')
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("sagaId", sagaId)
                .param("types", types)
                .query(String.class)
                .optional();
    }

    /** Deletes ended sagas with their steps; those that wait for an operator have not ended. */
    int purge(Duration olderThan, int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        DELETE FROM saga_instances
                        WHERE ctid = ANY (ARRAY(
                            SELECT ctid
                            FROM saga_instances
                            WHERE saga_type = ANY (:types) AND status IN ('completed', 'compensated')
                              AND updated_at < clock_timestamp()
                                  - make_interval(secs => cast(:seconds AS double precision))
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED))
                        """)
                .param("types", types)
                .param("seconds", (double) olderThan.toSeconds())
                .param("limit", limit)
                .update());
    }

    private double seconds() {
        return lease.toMillis() / 1000.0;
    }

    private static void requireHeld(Lease held, int updated) {
        if (updated != 1) {
            throw new LostLeaseException(held.sagaId());
        }
    }
}

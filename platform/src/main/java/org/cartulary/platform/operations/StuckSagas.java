package org.cartulary.platform.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Sagas that are stuck. Where one stands is known for sure only while nobody holds its lease; what a node has done under a
 * lease that expired is not stored. So a saga is undone, or a step of it skipped, without a lease only. Each act gives the
 * saga a new token: whoever still believes to run it changes nothing any more. Thread-safe.
 */
record StuckSagas(OperatorActions actions) {

    private static final String UNFINISHED = "status IN ('started', 'compensating', 'failed')";

    /** Nobody runs it, and what is stored is where it stands. */
    private static final String FREE = UNFINISHED + " AND lease_owner IS NULL";

    /** What only goes forward is retried or skipped: undone it would stay neither done nor undone. */
    private static final String MAY_COMPENSATE = FREE + " AND NOT forward_only";

    private static final String MAY_RETRY =
            UNFINISHED + " AND (lease_owner IS NULL OR lease_until <= clock_timestamp())";

    /** It failed since somebody last acted, so that to ask twice does not skip two steps; and there is a step to skip. */
    private static final String MAY_SKIP = FREE + """
             AND (status = 'failed' OR attempts > 0)
             AND CASE WHEN compensation_data IS NULL THEN current_step < coalesce(step_count, current_step + 1)
                      ELSE current_step > 0 END
            """;

    private static final String STATE = """
            jsonb_build_object('type', %1$s.saga_type, 'status', %1$s.status, 'step', %1$s.current_step,
                               'attempts', %1$s.attempts, 'error', %1$s.error, 'refusal', %1$s.compensation_data,
                               'version', %1$s.lease_token)
            """;

    private static final String ROWS = """
            SELECT tenant_id, saga_id, saga_type, status, current_step, attempts, error, created_at, next_attempt_at,
                   lease_token, compensation_data IS NOT NULL AS undoing, lease_owner IS NOT NULL AS held,
                   coalesce(lease_until > clock_timestamp(), false) AS live, %s AS may_retry, %s AS may_compensate,
                   %s AS may_skip
            FROM saga_instances
            """.formatted(MAY_RETRY, MAY_COMPENSATE, MAY_SKIP);

    List<StuckWork> find(Database database, FindStuckWork query) {
        return database.asReadonly(tx -> {
            List<StuckWork> found = tx.jdbc()
                    .sql(ROWS + """
                            WHERE status IN ('started', 'compensating', 'failed')
                              AND (status = 'failed'
                                   OR (status IN ('started', 'compensating')
                                       AND (attempts > 0 OR created_at < clock_timestamp() - interval '5 minutes')))
                              AND (cast(:since AS timestamptz) IS NULL OR (created_at, saga_id) > (:since, :id))
                            ORDER BY created_at, saga_id
                            LIMIT :limit
                            """)
                    .param("since", query.afterSince() == null ? null : Sql.timestamp(query.afterSince()))
                    .param("id", query.afterId() == null ? new UUID(0, 0) : query.afterId())
                    .param("limit", query.limit())
                    .query((row, number) -> read(database.service(), row))
                    .list();
            return withSteps(tx, found);
        });
    }

    private static List<StuckWork> withSteps(Transaction tx, List<StuckWork> sagas) {
        record Noted(UUID sagaId, StuckWork.Step step) {}
        Map<UUID, List<StuckWork.Step>> steps = new HashMap<>();
        tx.jdbc()
                .sql("""
                        SELECT s.saga_id, s.step_number, s.step_type, s.status, s.error_message
                        FROM unnest(cast(:tenantIds AS uuid[]), cast(:sagaIds AS uuid[])) AS k (tenant_id, saga_id)
                        JOIN saga_steps s USING (tenant_id, saga_id)
                        ORDER BY s.saga_id, s.step_number
                        """)
                .param("tenantIds", Sql.uuidArray(sagas, StuckWork::tenantId))
                .param("sagaIds", Sql.uuidArray(sagas, StuckWork::id))
                .query((row, number) -> new Noted(
                        row.getObject("saga_id", UUID.class),
                        new StuckWork.Step(
                                row.getInt("step_number"),
                                row.getString("step_type"),
                                row.getString("status"),
                                row.getString("error_message"))))
                .list()
                .forEach(noted -> steps.computeIfAbsent(noted.sagaId(), id -> new ArrayList<>())
                        .add(noted.step()));
        return sagas.stream()
                .map(saga -> saga.withSteps(steps.getOrDefault(saga.id(), List.of())))
                .toList();
    }

    private static StuckWork read(String service, ResultSet row) throws SQLException {
        return new StuckWork(
                service,
                StuckKind.SAGA,
                row.getObject("saga_id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("saga_type"),
                state(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                row.getString("error"),
                row.getObject("next_attempt_at", OffsetDateTime.class).toInstant(),
                row.getInt("current_step"),
                row.getBoolean("undoing"),
                row.getLong("lease_token"),
                acts(row),
                List.of());
    }

    private static StuckState state(ResultSet row) throws SQLException {
        if (row.getString("status").equals("failed")) {
            return StuckState.FAILED;
        }
        if (!row.getBoolean("held")) {
            return StuckState.SUSPENDED;
        }
        return row.getBoolean("live") ? StuckState.RUNNING : StuckState.ABANDONED;
    }

    private static Set<OperatorAct> acts(ResultSet row) throws SQLException {
        Set<OperatorAct> acts = EnumSet.noneOf(OperatorAct.class);
        if (row.getBoolean("may_retry")) {
            acts.add(OperatorAct.RETRY);
        }
        if (row.getBoolean("may_compensate")) {
            acts.add(OperatorAct.COMPENSATE);
        }
        if (row.getBoolean("may_skip")) {
            acts.add(OperatorAct.SKIP);
        }
        return acts;
    }

    OperatorAction act(Database database, ActOnStuckWork command) {
        String statement = switch (command.act()) {
            case RETRY ->
                statement(
                        MAY_RETRY,
                        "status = CASE WHEN b.compensation_data IS NULL THEN 'started' ELSE 'compensating' END");
            // Of the current step nobody knows whether it was done, so it is undone too.
            case COMPENSATE -> statement(MAY_COMPENSATE, """
                    status = 'compensating',
                    current_step = CASE WHEN b.compensation_data IS NULL
                                        THEN least(b.current_step + 1, coalesce(b.step_count, b.current_step + 1))
                                        ELSE b.current_step END,
                    compensation_data = coalesce(b.compensation_data, jsonb_build_object(
                        'step', b.current_step, 'code', 'undone-by-operator', 'detail', 'it was undone by an operator'))
                    """);
            case SKIP -> statement(MAY_SKIP, """
                    status = CASE WHEN b.compensation_data IS NULL THEN 'started' ELSE 'compensating' END,
                    current_step = b.current_step + CASE WHEN b.compensation_data IS NULL THEN 1 ELSE -1 END
                    """);
        };
        return database.asWorker(tx -> {
            Optional<OperatorAction> done = actions.record(tx, database.service(), statement, command);
            OperatorAction action = done.orElseThrow(() -> refusal(tx, database.service(), command));
            if (command.act() == OperatorAct.SKIP) {
                noteSkipped(tx, action);
            }
            return action;
        });
    }

    /** A statement that changes the saga if it still may be changed so. */
    private static String statement(String condition, String changes) {
        return """
                WITH before AS MATERIALIZED (
                    SELECT *
                    FROM saga_instances
                    WHERE saga_id = :id AND %s AND (cast(:version AS bigint) IS NULL OR lease_token = :version)
                    FOR UPDATE),
                changed AS (
                    UPDATE saga_instances s
                    SET attempts = 0, faults = 0, suspended_since = NULL, next_attempt_at = clock_timestamp(),
                        lease_owner = NULL, lease_until = NULL, lease_token = s.lease_token + 1,
                        updated_at = clock_timestamp(), %s
                    FROM before b
                    WHERE s.tenant_id = b.tenant_id AND s.saga_id = b.saga_id
                    RETURNING s.*),
                acted AS (
                    SELECT c.tenant_id, c.saga_id AS subject_id, %s AS state_before, %s AS state_after
                    FROM changed c
                    JOIN before b USING (tenant_id, saga_id))
                """.formatted(condition, changes, STATE.formatted("b"), STATE.formatted("c"));
    }

    private static void noteSkipped(Transaction tx, OperatorAction action) {
        tx.jdbc()
                .sql("""
                        UPDATE saga_steps n
                        SET status = CASE WHEN s.compensation_data IS NULL THEN 'completed' ELSE 'compensated' END,
                            completed_at = clock_timestamp(),
                            error_message = 'skipped by an operator'
                        FROM saga_instances s
                        WHERE s.tenant_id = :tenantId AND s.saga_id = :sagaId
                          AND n.tenant_id = s.tenant_id AND n.saga_id = s.saga_id
                          AND n.step_number = s.current_step - CASE WHEN s.compensation_data IS NULL THEN 1 ELSE 0 END
                        """)
                .param("tenantId", action.tenantId())
                .param("sagaId", action.subjectId())
                .update();
    }

    /** Why nothing was done. */
    private static ProblemException refusal(Transaction tx, String service, ActOnStuckWork command) {
        @Nullable StuckWork now = tx.jdbc()
                .sql(ROWS + "WHERE saga_id = :id AND " + UNFINISHED)
                .param("id", command.id())
                .query((row, number) -> read(service, row))
                .optional()
                .orElse(null);
        if (now == null) {
            return Refusals.notFound(command);
        }
        if (now.state() == StuckState.RUNNING) {
            return ProblemException.conflict("saga-running", "a node runs the saga " + now.id() + " at this moment");
        }
        return Refusals.of(command, now);
    }
}

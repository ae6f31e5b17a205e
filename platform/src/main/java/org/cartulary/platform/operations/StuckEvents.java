package org.cartulary.platform.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;

/** Events of the outbox whose delivery fails, or that were given up. Thread-safe. */
record StuckEvents(OperatorActions actions) {

    private static final String STUCK = "(attempts > 0 OR dead_at IS NOT NULL)";

    private static final String ROWS = """
            SELECT tenant_id, id, event_type, aggregate_type, aggregate_id, occurred_at, attempts, last_error,
                   next_attempt_at, dead_at IS NOT NULL AS dead
            FROM outbox_events
            """;

    List<StuckWork> find(Database database, FindStuckWork query) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql(ROWS + "WHERE " + STUCK + """
                          AND (cast(:since AS timestamptz) IS NULL OR (occurred_at, id) > (:since, :id))
                        ORDER BY occurred_at, id
                        LIMIT :limit
                        """)
                .param("since", query.afterSince() == null ? null : Sql.timestamp(query.afterSince()))
                .param("id", query.afterId() == null ? new UUID(0, 0) : query.afterId())
                .param("limit", query.limit())
                .query((row, number) -> read(database.service(), row))
                .list());
    }

    private static StuckWork read(String service, ResultSet row) throws SQLException {
        boolean dead = row.getBoolean("dead");
        Set<OperatorAct> acts = dead ? EnumSet.of(OperatorAct.RETRY, OperatorAct.SKIP) : EnumSet.of(OperatorAct.RETRY);
        return new StuckWork(
                service,
                StuckKind.EVENT,
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("event_type"),
                dead ? StuckState.DEAD : StuckState.FAILING,
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                row.getString("last_error"),
                row.getObject("next_attempt_at", OffsetDateTime.class).toInstant(),
                null,
                false,
                row.getInt("attempts"),
                acts,
                List.of());
    }

    OperatorAction act(Database database, ActOnStuckWork command) {
        return database.asWorker(tx -> switch (command.act()) {
            case RETRY -> done(tx, database, command, STUCK, """
                        UPDATE outbox_events e
                        SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
                        FROM before b
                        WHERE e.tenant_id = b.tenant_id AND e.id = b.id
                        RETURNING e.tenant_id, e.id, jsonb_build_object('status', 'waiting') AS state_after
                        """);
            case SKIP -> done(tx, database, command, "dead_at IS NOT NULL", """
                        DELETE FROM outbox_events e
                        USING before b
                        WHERE e.tenant_id = b.tenant_id AND e.id = b.id
                        RETURNING e.tenant_id, e.id, jsonb_build_object('status', 'dropped') AS state_after
                        """);
            case COMPENSATE -> throw refusal(tx, database.service(), command);
        });
    }

    private OperatorAction done(
            Transaction tx, Database database, ActOnStuckWork command, String condition, String change) {
        String statement = """
                WITH before AS MATERIALIZED (
                    SELECT *
                    FROM outbox_events
                    WHERE id = :id AND %s AND (cast(:version AS bigint) IS NULL OR attempts = :version)
                    FOR UPDATE),
                changed AS (%s),
                acted AS (
                    SELECT c.tenant_id, c.id AS subject_id, to_jsonb(b) AS state_before, c.state_after
                    FROM changed c
                    JOIN before b USING (tenant_id, id))
                """.formatted(condition, change);
        return actions.record(tx, database.service(), statement, command)
                .orElseThrow(() -> refusal(tx, database.service(), command));
    }

    private static ProblemException refusal(Transaction tx, String service, ActOnStuckWork command) {
        return tx.jdbc()
                .sql(ROWS + "WHERE id = :id")
                .param("id", command.id())
                .query((row, number) -> read(service, row))
                .optional()
                .map(now -> Refusals.of(command, now))
                .orElseGet(() -> Refusals.notFound(command));
    }
}

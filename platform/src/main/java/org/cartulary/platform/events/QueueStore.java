package org.cartulary.platform.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The events of a queue, as a relay reads and settles them. It goes by the clock of the database only. */
final class QueueStore {

    static final int MAX_ATTEMPTS = 12;
    private static final int MAX_EVENTS_PER_AGGREGATE = 50;

    /** How far the search for due aggregates goes at first, and how far when many events wait behind others. */
    private static final List<Integer> REACHES_EVENTS = List.of(1_000, 20_000, Integer.MAX_VALUE);

    /** So many aggregates keep all workers of a relay busy; with fewer it pays to search further. */
    private static final int ENOUGH_AGGREGATES = 32;

    private final Database database;
    private final EventQueue queue;
    private final PartitionLeases leases;

    QueueStore(Database database, EventQueue queue) {
        this.database = database;
        this.queue = queue;
        this.leases = new PartitionLeases(database, queue);
    }

    /** An event with its place in the queue. */
    record Row(Event event, int partition, boolean due) {}

    /** A delivery that failed, under the lease of its partition. */
    record Failure(Row row, String error) {}

    /**
     * What became of a batch.
     *
     * @param failed what counts against the events
     * @param postponed what does not, because whoever should take them cannot be reached
     */
    record Outcome(Collection<Row> delivered, Collection<Failure> failed, Collection<Failure> postponed) {}

    /** How many events were deleted, and how many are dead now. */
    record Settled(int deleted, int dead) {}

    /** How many events wait, and how many are dead. */
    record Backlog(long waiting, long dead) {}

    /**
     * The next events to deliver: the aggregates whose first event is due, by its priority, each with the events behind it.
     * An aggregate whose first event waits for another attempt, or is dead, has no event in the batch.
     */
    List<Row> due(Collection<Integer> partitions, int limit) {
        return database.asWorker(tx -> {
            // The statistics of a queue are always those of another moment; only its indexes bound the work.
            sql(tx, """
                            SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                                   set_config('plan_cache_mode', 'force_generic_plan', true)
                            """).query().singleRow();
            Found found = new Found(List.of(), 0);
            for (int reach : REACHES_EVENTS) {
                found = search(tx, partitions, limit, reach);
                if (found.seen() < reach || found.rows().size() >= limit || found.aggregates() >= ENOUGH_AGGREGATES) {
                    break;
                }
            }
            return found.rows();
        });
    }

    private record Found(List<Row> rows, long seen) {

        long aggregates() {
            return rows.stream()
                    .map(row -> row.event().aggregateId())
                    .distinct()
                    .count();
        }
    }

    private Found search(Transaction tx, Collection<Integer> partitions, int limit, int reach) {
        List<Row> rows = new ArrayList<>();
        AtomicLong seen = new AtomicLong();
        sql(tx, SEARCH)
                .param("reach", reach)
                .param("partitions", Sql.intArray(List.copyOf(partitions)))
                .param("limit", limit)
                .param("perAggregate", MAX_EVENTS_PER_AGGREGATE)
                .query((RowCallbackHandler) row -> {
                    seen.set(row.getLong("seen"));
                    if (row.getObject("id") != null) {
                        rows.add(new Row(event(row), row.getInt("partition"), row.getBoolean("due")));
                    }
                });
        return new Found(List.copyOf(rows), seen.get());
    }

    /** The first event of an aggregate is found in the index alone, once for each of the events within reach. */
    static final String SEARCH = """
            WITH candidates AS MATERIALIZED (
                SELECT c.tenant_id, c.aggregate_type, c.aggregate_id, c.priority, c.position, c.partition, c.next_attempt_at
                FROM $queue_events c
                WHERE c.dead_at IS NULL
                ORDER BY c.priority DESC, c.position
                LIMIT :reach),
            heads AS MATERIALIZED (
                SELECT h.tenant_id, h.aggregate_type, h.aggregate_id, h.priority, h.position
                FROM candidates h
                WHERE h.next_attempt_at <= clock_timestamp()
                  AND h.partition = ANY (:partitions)
                  AND h.position = (SELECT b.position
                                    FROM $queue_events b
                                    WHERE b.tenant_id = h.tenant_id AND b.aggregate_type = h.aggregate_type
                                      AND b.aggregate_id = h.aggregate_id
                                    ORDER BY b.position
                                    LIMIT 1)
                ORDER BY h.priority DESC, h.position
                LIMIT :limit)
            SELECT s.seen, e.*, e.dead_at IS NULL AND e.next_attempt_at <= clock_timestamp() AS due
            FROM (SELECT count(*) AS seen FROM candidates) s
            LEFT JOIN (
                SELECT h.priority AS head_priority, h.position AS head_position, f.*
                FROM heads h
                CROSS JOIN LATERAL (
                    SELECT g.*
                    FROM $queue_events g
                    WHERE g.tenant_id = h.tenant_id AND g.aggregate_type = h.aggregate_type
                      AND g.aggregate_id = h.aggregate_id AND g.position >= h.position
                    ORDER BY g.position
                    LIMIT :perAggregate) f) e ON true
            ORDER BY e.head_priority DESC, e.head_position, e.position
            LIMIT :limit
            """;

    /** Writes down what became of a batch, as far as the tokens are still those of the partitions. */
    Settled settle(UUID relay, Map<Integer, Long> tokens, Outcome outcome) {
        return database.asWorker(tx -> {
            Set<Integer> held = leases.held(tx, relay, tokens);
            int deleted = delete(
                    tx,
                    outcome.delivered().stream()
                            .filter(row -> held.contains(row.partition()))
                            .toList());
            int dead = note(tx, NOTE_FAILED, held, outcome.failed());
            note(tx, NOTE_POSTPONED, held, outcome.postponed());
            return new Settled(deleted, dead);
        });
    }

    private int delete(Transaction tx, List<Row> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        return sql(tx, """
                DELETE FROM $queue_events e
                USING unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[])) AS d (tenant_id, id)
                WHERE e.tenant_id = d.tenant_id AND e.id = d.id
                """)
                .param(
                        "tenantIds",
                        Sql.uuidArray(
                                rows.stream().map(row -> row.event().tenantId()).toList()))
                .param(
                        "ids",
                        Sql.uuidArray(rows.stream().map(row -> row.event().id()).toList()))
                .update();
    }

    /** The wait doubles with each attempt, up to five minutes, and is shortened by up to half of it at random. */
    private static final String NOTE_FAILED = """
            UPDATE $queue_events e
            SET attempts = e.attempts + 1,
                next_attempt_at = clock_timestamp()
                    + make_interval(secs => least(300, power(2, least(e.attempts, 20))) * (0.5 + random() / 2)),
                dead_at = CASE WHEN e.attempts + 1 >= $maxAttempts THEN clock_timestamp() END,
                last_error = left(f.error, 2000)
            FROM unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[]), cast(:errors AS text[]))
                AS f (tenant_id, id, error)
            WHERE e.tenant_id = f.tenant_id AND e.id = f.id AND e.dead_at IS NULL
            RETURNING e.dead_at IS NOT NULL
            """.replace("$maxAttempts", Integer.toString(MAX_ATTEMPTS));

    /** A wait of half the event's age doubles just as well, and leaves the attempts alone. */
    private static final String NOTE_POSTPONED = """
            UPDATE $queue_events e
            SET next_attempt_at = clock_timestamp()
                    + make_interval(secs => greatest(0.5, least(30,
                          cast(extract(epoch FROM clock_timestamp() - e.occurred_at) / 2 AS double precision)))
                      * (0.5 + random() / 2)),
                last_error = left(f.error, 2000)
            FROM unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[]), cast(:errors AS text[]))
                AS f (tenant_id, id, error)
            WHERE e.tenant_id = f.tenant_id AND e.id = f.id AND e.dead_at IS NULL
            RETURNING false
            """;

    /** How many of the failures made an event dead. */
    private int note(Transaction tx, String statement, Set<Integer> held, Collection<Failure> failures) {
        List<Failure> allowed = failures.stream()
                .filter(failure -> held.contains(failure.row().partition()))
                .toList();
        if (allowed.isEmpty()) {
            return 0;
        }
        return (int) sql(tx, statement)
                .param(
                        "tenantIds",
                        Sql.uuidArray(allowed.stream()
                                .map(failure -> failure.row().event().tenantId())
                                .toList()))
                .param(
                        "ids",
                        Sql.uuidArray(allowed.stream()
                                .map(failure -> failure.row().event().id())
                                .toList()))
                .param(
                        "errors",
                        // PostgreSQL's text has no NUL.
                        Sql.textArray(allowed.stream()
                                .map(failure -> failure.error().replace('\0', ' '))
                                .toList()))
                .query(Boolean.class)
                .list()
                .stream()
                .filter(Boolean.TRUE::equals)
                .count();
    }

    Backlog backlog() {
        return database.asWorker(tx -> sql(tx, """
                SELECT count(*) FILTER (WHERE dead_at IS NULL) AS waiting,
                       count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
                FROM $queue_events
                """)
                .query((row, number) -> new Backlog(row.getLong("waiting"), row.getLong("dead")))
                .single());
    }

    private StatementSpec sql(Transaction tx, String statement) {
        return tx.jdbc().sql(queue.in(statement));
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("event_type"),
                row.getInt("type_version"),
                row.getString("aggregate_type"),
                row.getObject("aggregate_id", UUID.class),
                row.getLong("aggregate_version"),
                instant(row, "occurred_at"),
                row.getString("trace_id"),
                row.getInt("priority"),
                row.getString("data"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

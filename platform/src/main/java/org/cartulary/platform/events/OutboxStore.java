package org.cartulary.platform.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** What the relay asks of the database. It goes by the clock of the database only. */
final class OutboxStore {

    static final int MAX_ATTEMPTS = 12;
    private static final int MAX_EVENTS_PER_AGGREGATE = 50;

    private final Database database;

    OutboxStore(Database database) {
        this.database = database;
    }

    /** An event with its place in the outbox. */
    record Row(Event event, int partition, boolean due) {}

    /** A delivery that failed, under the lease of its partition. */
    record Failure(Row row, String error) {}

    /** How many events wait, and how many are dead. */
    record Backlog(long waiting, long dead) {}

    /**
     * Prolongs the leases of the owner and takes those that nobody holds. A lease that was not held without interruption
     * gets a new token, so that whatever its former holder still does is refused.
     *
     * @return the tokens of the partitions that the owner now holds
     */
    Map<Integer, Long> lease(UUID owner, Duration length) {
        return database.asWorker(tx -> tx
                .jdbc()
                .sql("""
                        UPDATE outbox_partitions
                        SET lease_token = CASE WHEN lease_owner = :owner AND lease_until > clock_timestamp()
                                               THEN lease_token ELSE lease_token + 1 END,
                            lease_owner = :owner,
                            lease_until = clock_timestamp()
                                + make_interval(secs => cast(:seconds AS double precision))
                        WHERE partition IN (SELECT partition
                                            FROM outbox_partitions
                                            WHERE lease_owner = :owner OR lease_owner IS NULL
                                               OR lease_until <= clock_timestamp()
                                            ORDER BY partition
                                            FOR UPDATE SKIP LOCKED)
                        RETURNING partition, lease_token
                        """)
                .param("owner", owner)
                .param("seconds", length.toMillis() / 1000.0)
                .query((row, number) -> Map.entry(row.getInt("partition"), row.getLong("lease_token")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Gives the leases of the owner back. */
    void release(UUID owner) {
        database.asWorker(tx -> tx.jdbc()
                .sql("UPDATE outbox_partitions SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = :owner")
                .param("owner", owner)
                .update());
    }

    /**
     * The next events to deliver: the aggregates whose first event is due, by its priority, each with the events behind it.
     * An aggregate whose first event waits for another attempt, or is dead, has no event in the batch.
     */
    List<Row> due(Collection<Integer> partitions, int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        WITH heads AS MATERIALIZED (
                            SELECT h.tenant_id, h.aggregate_type, h.aggregate_id, h.priority, h.position
                            FROM outbox_events h
                            WHERE h.dead_at IS NULL
                              AND h.next_attempt_at <= clock_timestamp()
                              AND h.partition = ANY (:partitions)
                              AND NOT EXISTS (
                                  SELECT 1
                                  FROM outbox_events b
                                  WHERE b.tenant_id = h.tenant_id AND b.aggregate_type = h.aggregate_type
                                    AND b.aggregate_id = h.aggregate_id AND b.position < h.position)
                            ORDER BY h.priority DESC, h.position
                            LIMIT :limit)
                        SELECT e.*, e.dead_at IS NULL AND e.next_attempt_at <= clock_timestamp() AS due
                        FROM heads h
                        CROSS JOIN LATERAL (
                            SELECT f.*
                            FROM outbox_events f
                            WHERE f.tenant_id = h.tenant_id AND f.aggregate_type = h.aggregate_type
                              AND f.aggregate_id = h.aggregate_id AND f.position >= h.position
                            ORDER BY f.position
                            LIMIT :perAggregate) e
                        ORDER BY h.priority DESC, h.position, e.position
                        LIMIT :limit
                        """)
                .param("partitions", Sql.intArray(List.copyOf(partitions)))
                .param("limit", limit)
                .param("perAggregate", MAX_EVENTS_PER_AGGREGATE)
                .query((row, number) -> new Row(event(row), row.getInt("partition"), row.getBoolean("due")))
                .list());
    }

    /**
     * Deletes what was delivered and notes what failed, as far as the tokens are still those of the partitions.
     *
     * @return how many events were deleted or noted
     */
    Settled settle(UUID owner, Map<Integer, Long> tokens, Collection<Row> delivered, Collection<Failure> failures) {
        return database.asWorker(tx -> {
            int deleted = delivered.isEmpty() ? 0 : delete(tx, owner, tokens, delivered);
            int dead = 0;
            for (Failure failure : failures) {
                dead += note(tx, owner, tokens, failure) ? 1 : 0;
            }
            return new Settled(deleted, dead);
        });
    }

    /** What became of a batch. */
    record Settled(int deleted, int dead) {}

    private static int delete(Transaction tx, UUID owner, Map<Integer, Long> tokens, Collection<Row> delivered) {
        return tx.jdbc()
                .sql("""
                        WITH held AS MATERIALIZED (
                            SELECT p.partition
                            FROM outbox_partitions p
                            JOIN unnest(cast(:partitions AS integer[]), cast(:tokens AS bigint[])) AS t (partition, token)
                              ON p.partition = t.partition AND p.lease_token = t.token
                            WHERE p.lease_owner = :owner
                            FOR SHARE OF p),
                        delivered AS (
                            SELECT *
                            FROM unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[])) AS d (tenant_id, id))
                        DELETE FROM outbox_events e
                        USING delivered d, held h
                        WHERE e.tenant_id = d.tenant_id AND e.id = d.id AND e.partition = h.partition
                        """)
                .param("partitions", Sql.intArray(List.copyOf(tokens.keySet())))
                .param("tokens", Sql.longArray(tokens.values()))
                .param("owner", owner)
                .param(
                        "tenantIds",
                        Sql.uuidArray(delivered.stream()
                                .map(row -> row.event().tenantId())
                                .toList()))
                .param(
                        "ids",
                        Sql.uuidArray(
                                delivered.stream().map(row -> row.event().id()).toList()))
                .update();
    }

    private static boolean note(Transaction tx, UUID owner, Map<Integer, Long> tokens, Failure failure) {
        return tx.jdbc()
                .sql("""
                        UPDATE outbox_events e
                        SET attempts = e.attempts + 1,
                            next_attempt_at = clock_timestamp()
                                + make_interval(secs => least(300, power(2, e.attempts)) * (0.5 + random() / 2)),
                            dead_at = CASE WHEN e.attempts + 1 >= :maxAttempts THEN clock_timestamp() END,
                            last_error = left(:error, 2000)
                        WHERE e.tenant_id = :tenantId AND e.id = :id
                          AND EXISTS (SELECT 1
                                      FROM outbox_partitions p
                                      WHERE p.partition = e.partition AND p.lease_owner = :owner
                                        AND p.lease_token = :token)
                        RETURNING e.dead_at IS NOT NULL
                        """)
                .param("maxAttempts", MAX_ATTEMPTS)
                .param("error", failure.error())
                .param("tenantId", failure.row().event().tenantId())
                .param("id", failure.row().event().id())
                .param("owner", owner)
                .param("token", tokens.getOrDefault(failure.row().partition(), -1L))
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    Backlog backlog() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        SELECT count(*) FILTER (WHERE dead_at IS NULL) AS waiting,
                               count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
                        FROM outbox_events
                        """)
                .query((row, number) -> new Backlog(row.getLong("waiting"), row.getLong("dead")))
                .single());
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

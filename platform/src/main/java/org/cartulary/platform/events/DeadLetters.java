package org.cartulary.platform.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The events of a database that could not be delivered, of all tenants and of both queues: for operators. The methods with a
 * transaction want one of {@link Database#asWorker}; what they do happens when it commits. Thread-safe.
 */
public final class DeadLetters {

    /** So many events behind a dead letter are counted: that many may stand for more. */
    public static final int MOST_COUNTED = 1_000;

    private static final String LIST = """
            SELECT d.*, (SELECT count(*)
                         FROM (SELECT 1
                               FROM $queue_events w
                               WHERE w.tenant_id = d.tenant_id AND w.aggregate_type = d.aggregate_type
                                 AND w.aggregate_id = d.aggregate_id AND w.position > d.position
                               LIMIT :mostCounted) c) AS waiting
            FROM (SELECT cast('$queue' AS text) AS queue, e.*
                  FROM $queue_events e
                  WHERE e.dead_at IS NOT NULL
                    AND (cast(:id AS uuid) IS NULL OR (e.id, cast('$queue' AS text)) > (cast(:id AS uuid), cast(:queue AS text)))
                  ORDER BY e.id
                  LIMIT :limit) d
            """;

    private static final String FAILED = """
            SELECT f.*, to_jsonb(f) - 'queue' AS everything
            FROM (SELECT DISTINCT ON (u.occurred_at, u.id) u.*
                  FROM ($both) u
                  ORDER BY u.occurred_at, u.id, u.dead_at) f
            ORDER BY f.occurred_at, f.id
            LIMIT :limit
            """;

    private static final String REVIVE = """
            UPDATE $queue_events
            SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
            WHERE dead_at IS NOT NULL
            """;

    private final Database database;
    private final EventBus bus;

    /** The dead letters of a database. */
    public DeadLetters(Database database, EventBus bus) {
        this.database = database;
        this.bus = bus;
    }

    /** A place in the list, behind which it can go on. */
    public record Place(UUID eventId, EventQueue queue) {}

    /** The dead letters, the oldest first. */
    public List<DeadLetter> list(int limit) {
        return list(limit, null);
    }

    /** The dead letters behind a place of the list, the oldest first; {@code null} for its beginning. */
    public List<DeadLetter> list(int limit, @Nullable Place after) {
        return database.asWorker(tx -> list(tx, limit, after));
    }

    /** As {@link #list(int, Place)}. */
    public List<DeadLetter> list(Transaction tx, int limit, @Nullable Place after) {
        return tx.jdbc()
                .sql("SELECT * FROM (" + inBothQueues("(" + LIST + ")") + ") u ORDER BY u.id, u.queue LIMIT :limit")
                .param("id", after == null ? null : after.eventId())
                .param("queue", after == null ? null : after.queue().word())
                .param("limit", limit)
                .param("mostCounted", MOST_COUNTED)
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * The events that failed at least once, the oldest first. One that failed in both queues is there once, as the one that
     * is dead if one of them is.
     *
     * @param afterTime when the last one seen occurred, {@code null} for the beginning
     * @param afterId the last one seen, {@code null} for the beginning
     */
    public List<FailedEvent> failed(Transaction tx, int limit, @Nullable Instant afterTime, @Nullable UUID afterId) {
        return tx.jdbc()
                .sql(FAILED.replace("$both", inBothQueues("""
                        (SELECT cast('$queue' AS text) AS queue, e.*
                         FROM $queue_events e
                         WHERE (e.attempts > 0 OR e.dead_at IS NOT NULL)
                           AND (cast(:time AS timestamptz) IS NULL OR (e.occurred_at, e.id) > (:time, :id))
                         ORDER BY e.occurred_at, e.id
                         LIMIT :limit)
                        """)))
                .param("time", afterTime == null ? null : Sql.timestamp(afterTime))
                .param("id", afterId == null ? new UUID(0, 0) : afterId)
                .param("limit", limit)
                .query((row, number) -> readFailed(row))
                .list();
    }

    private static String inBothQueues(String select) {
        return Arrays.stream(EventQueue.values())
                .map(queue -> queue.in(select))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /**
     * The event as it failed last, which nobody changes before the transaction ends; empty if it did not fail (any more). Of
     * one that failed in both queues, the one that is dead.
     */
    public Optional<FailedEvent> lock(Transaction tx, UUID eventId) {
        return Arrays.stream(EventQueue.values())
                .flatMap(
                        queue -> tx
                                .jdbc()
                                .sql(queue.in("""
                                SELECT cast('$queue' AS text) AS queue, e.*, to_jsonb(e) AS everything
                                FROM $queue_events e
                                WHERE e.id = :id AND (e.attempts > 0 OR e.dead_at IS NOT NULL)
                                FOR UPDATE
                                """))
                                .param("id", eventId)
                                .query((row, number) -> readFailed(row))
                                .list()
                                .stream())
                .min(Comparator.comparing(event -> event.deadAt() == null));
    }

    /**
     * Delivers the event again at once, with its failures forgotten, whether it is dead or waits for another attempt.
     *
     * @return whether there is such an event
     */
    public boolean retry(Transaction tx, UUID tenantId, UUID eventId) {
        int retried = 0;
        for (EventQueue queue : EventQueue.values()) {
            retried += tx.jdbc()
                    .sql(queue.in("""
                            UPDATE $queue_events
                            SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
                            WHERE tenant_id = :tenantId AND id = :id AND (attempts > 0 OR dead_at IS NOT NULL)
                            """))
                    .param("tenantId", tenantId)
                    .param("id", eventId)
                    .update();
        }
        wakeAfterCommit(tx);
        return retried > 0;
    }

    /**
     * Delivers the event again, and then those behind it, in order.
     *
     * @return whether there is such a dead letter
     */
    public boolean replay(UUID tenantId, UUID eventId) {
        return database.asWorker(tx -> replay(tx, tenantId, eventId));
    }

    /** As {@link #replay(UUID, UUID)}. */
    public boolean replay(Transaction tx, UUID tenantId, UUID eventId) {
        int revived = 0;
        for (EventQueue queue : EventQueue.values()) {
            revived += tx.jdbc()
                    .sql(queue.in(REVIVE + " AND tenant_id = :tenantId AND id = :id"))
                    .param("tenantId", tenantId)
                    .param("id", eventId)
                    .update();
        }
        wakeAfterCommit(tx);
        return revived > 0;
    }

    /**
     * Delivers the events of an aggregate again, in order.
     *
     * @return how many of them were dead
     */
    public int replay(AggregateKey key) {
        return database.asWorker(tx -> replay(tx, key));
    }

    /** As {@link #replay(AggregateKey)}. */
    public int replay(Transaction tx, AggregateKey key) {
        int revived = 0;
        for (EventQueue queue : EventQueue.values()) {
            revived += tx.jdbc()
                    .sql(queue.in(REVIVE + """
                             AND tenant_id = :tenantId AND aggregate_type = :aggregateType AND aggregate_id = :aggregateId
                            """))
                    .param("tenantId", key.tenantId())
                    .param("aggregateType", key.aggregateType())
                    .param("aggregateId", key.aggregateId())
                    .update();
        }
        wakeAfterCommit(tx);
        return revived;
    }

    /**
     * Delivers all dead letters again.
     *
     * @return how many there are
     */
    public int replayAll() {
        return database.asWorker(this::replayAll);
    }

    /** As {@link #replayAll()}. */
    public int replayAll(Transaction tx) {
        int revived = 0;
        for (EventQueue queue : EventQueue.values()) {
            revived += tx.jdbc().sql(queue.in(REVIVE)).update();
        }
        wakeAfterCommit(tx);
        return revived;
    }

    /**
     * Gives a dead event up for good, so that those behind it go on. It never takes effect where it has not done so yet,
     * though a broker brings it again.
     *
     * @return the event, empty if it is not dead (any more)
     */
    public Optional<Event> discard(UUID tenantId, UUID eventId) {
        return database.asWorker(tx -> discard(tx, tenantId, eventId));
    }

    /** As {@link #discard(UUID, UUID)}. */
    public Optional<Event> discard(Transaction tx, UUID tenantId, UUID eventId) {
        Optional<Event> discarded = Optional.empty();
        for (EventQueue queue : EventQueue.values()) {
            Optional<Event> event = tx.jdbc()
                    .sql(queue.in("""
                            DELETE FROM $queue_events
                            WHERE tenant_id = :tenantId AND id = :id AND dead_at IS NOT NULL
                            RETURNING *
                            """))
                    .param("tenantId", tenantId)
                    .param("id", eventId)
                    .query((row, number) -> QueueStore.event(row))
                    .optional();
            if (queue == EventQueue.RECEIVED) {
                // A broker may bring it again, and then it stays away.
                event.ifPresent(found -> Inbox.accept(tx, found.tenantId(), Inbox.DISCARDED, found.id()));
            }
            discarded = discarded.or(() -> event);
        }
        wakeAfterCommit(tx);
        return discarded;
    }

    private void wakeAfterCommit(Transaction tx) {
        for (EventQueue queue : EventQueue.values()) {
            tx.afterCommit(() -> bus.wake(database, queue));
        }
    }

    private static FailedEvent readFailed(ResultSet row) throws SQLException {
        return new FailedEvent(
                EventQueue.ofWord(row.getString("queue")),
                QueueStore.event(row),
                row.getInt("attempts"),
                QueueStore.instant(row, "next_attempt_at"),
                row.getObject("dead_at") == null ? null : QueueStore.instant(row, "dead_at"),
                row.getString("last_error"),
                row.getString("everything"));
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                EventQueue.ofWord(row.getString("queue")),
                QueueStore.event(row),
                row.getInt("attempts"),
                QueueStore.instant(row, "dead_at"),
                row.getString("last_error"),
                row.getLong("waiting"));
    }
}

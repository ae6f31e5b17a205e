package org.cartulary.platform.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The events of a database that could not be delivered, of all tenants and of both queues: for operators. The methods with a
 * transaction want one of {@link Database#asWorker}; what they do happens when it commits. Thread-safe.
 */
public final class DeadLetters {

    private static final String LIST = """
            SELECT d.*, (SELECT count(*)
                         FROM $queue_events w
                         WHERE w.tenant_id = d.tenant_id AND w.aggregate_type = d.aggregate_type
                           AND w.aggregate_id = d.aggregate_id AND w.position > d.position) AS waiting
            FROM (SELECT cast('$queue' AS text) AS queue, e.*
                  FROM $queue_events e
                  WHERE e.dead_at IS NOT NULL
                    AND (cast(:id AS uuid) IS NULL OR (e.id, cast('$queue' AS text)) > (cast(:id AS uuid), cast(:queue AS text)))
                  ORDER BY e.id
                  LIMIT :limit) d
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
        String both = Arrays.stream(EventQueue.values())
                .map(queue -> "(" + queue.in(LIST) + ")")
                .collect(Collectors.joining("UNION ALL", "SELECT * FROM (", ") u ORDER BY u.id, u.queue LIMIT :limit"));
        return tx.jdbc()
                .sql(both)
                .param("id", after == null ? null : after.eventId())
                .param("queue", after == null ? null : after.queue().word())
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
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
     * Gives a dead event up for good, so that those behind it go on. It never takes effect where it has not done so yet.
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

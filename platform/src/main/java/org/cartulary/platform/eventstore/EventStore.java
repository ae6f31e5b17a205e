package org.cartulary.platform.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that a database keeps for ever. They are written by the {@link org.cartulary.platform.events.Outbox}.
 * Thread-safe.
 *
 * <p>Streams and time ranges are those of the current tenant. They show what is committed when they are read, so that a time
 * range that has only just ended may still gain events; whoever must not miss any follows the {@link #feed}.
 */
public final class EventStore {

    /** The most events that are read at once. */
    public static final int MAX_PAGE = 1_000;

    private static final int MONTHS_AHEAD = 3;

    /** The greatest {@code xid8} there can be. */
    private static final String NO_TRANSACTION_AFTER = "18446744073709551615";

    private final Database database;

    /** The events of a database. */
    public EventStore(Database database) {
        this.database = database;
    }

    /**
     * A page of an aggregate's events.
     *
     * @param afterVersion the version of the last event seen, {@code -1} for the first page
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public List<StoredEvent> stream(String aggregateType, UUID aggregateId, long afterVersion, int limit) {
        requirePage(limit);
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM domain_events
                        WHERE tenant_id = :tenantId AND aggregate_type = :aggregateType AND aggregate_id = :aggregateId
                          AND aggregate_version > :afterVersion
                        ORDER BY aggregate_version
                        LIMIT :limit
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("aggregateType", aggregateType)
                .param("aggregateId", aggregateId)
                .param("afterVersion", afterVersion)
                .param("limit", limit)
                .query((row, number) -> stored(row))
                .list());
    }

    /** All events of an aggregate that had occurred at that time, in their order. */
    public List<StoredEvent> streamAsOf(String aggregateType, UUID aggregateId, Instant time) {
        return beginning(aggregateType, aggregateId, time, Long.MAX_VALUE);
    }

    /** All events of an aggregate that led it to this version or an earlier one, in their order. */
    public List<StoredEvent> streamUpTo(String aggregateType, UUID aggregateId, long version) {
        return beginning(aggregateType, aggregateId, null, version);
    }

    private List<StoredEvent> beginning(
            String aggregateType, UUID aggregateId, @Nullable Instant time, long lastVersion) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM domain_events
                        WHERE tenant_id = :tenantId AND aggregate_type = :aggregateType AND aggregate_id = :aggregateId
                          AND aggregate_version <= :lastVersion
                          AND occurred_at <= coalesce(cast(:time AS timestamptz), 'infinity')
                        ORDER BY aggregate_version
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("aggregateType", aggregateType)
                .param("aggregateId", aggregateId)
                .param("lastVersion", lastVersion)
                .param("time", time == null ? null : Sql.timestamp(time))
                .query((row, number) -> stored(row))
                .list());
    }

    /**
     * A page of the events of a time range, in the order in which they occurred.
     *
     * @param after where the page begins, {@link TimePosition#at} the beginning of the range for its first page
     * @param to the end of the range; an event at this very moment does not belong to it
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public List<StoredEvent> between(TimePosition after, Instant to, int limit) {
        requirePage(limit);
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM domain_events
                        WHERE tenant_id = :tenantId AND occurred_at >= :from AND occurred_at < :to
                          AND (occurred_at, sequence) > (:from, :sequence)
                        ORDER BY occurred_at, sequence
                        LIMIT :limit
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("from", Sql.timestamp(after.occurredAt()))
                .param("sequence", after.sequence())
                .param("to", Sql.timestamp(to))
                .param("limit", limit)
                .query((row, number) -> stored(row))
                .list());
    }

    /**
     * The next events of all tenants, in an order to which nothing is ever added before what was read: transaction by
     * transaction, up to the oldest one that is still open. A follower that keeps the position of its last event
     * therefore sees each event once, and those of one aggregate in the order of their versions. While a transaction that
     * writes is open, in whatever database of the server, later ones are not shown.
     */
    public EventPage feed(EventsAfter query) {
        requirePage(query.limit());
        EventPosition until = query.until();
        List<StoredEvent> events = database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM domain_events
                        WHERE (transaction_id, sequence) > (cast(:transaction AS xid8), :sequence)
                          AND (transaction_id, sequence) <= (cast(:lastTransaction AS xid8), :lastSequence)
                          AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                        ORDER BY transaction_id, sequence
                        LIMIT :limit
                        """)
                .param("transaction", Long.toString(query.after().transaction()))
                .param("sequence", query.after().sequence())
                .param("lastTransaction", until == null ? NO_TRANSACTION_AFTER : Long.toString(until.transaction()))
                .param("lastSequence", until == null ? Long.MAX_VALUE : until.sequence())
                .param("limit", query.limit())
                .query((row, number) -> stored(row))
                .list());
        return new EventPage(
                events, events.isEmpty() ? query.after() : events.getLast().position());
    }

    /**
     * Creates the partitions of the months to come. It may run on several nodes at once.
     *
     * @return how many were created
     */
    public int createPartitions() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT create_event_partitions(:months)")
                .param("months", MONTHS_AHEAD)
                .query(Integer.class)
                .single());
    }

    /** The job {@code create-event-partitions}, which keeps the store going. */
    public Job job() {
        return new Job("create-event-partitions", Duration.ofHours(6), this::createPartitions);
    }

    private static void requirePage(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " events, not " + limit);
        }
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        Event event = new Event(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("event_type"),
                row.getInt("type_version"),
                row.getString("aggregate_type"),
                row.getObject("aggregate_id", UUID.class),
                row.getLong("aggregate_version"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("trace_id"),
                row.getInt("priority"),
                row.getString("data"));
        return new StoredEvent(
                event, new EventPosition(Long.parseLong(row.getString("transaction_id")), row.getLong("sequence")));
    }
}

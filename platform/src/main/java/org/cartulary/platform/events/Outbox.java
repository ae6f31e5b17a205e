package org.cartulary.platform.events;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events in the transaction that causes them: into the event store, where they stay, and into the outbox, from which
 * the relay delivers them after the commit, and never without it. Thread-safe.
 *
 * <p>The events of an aggregate are delivered in the order in which they were appended, provided that the writers hold the
 * lock of the aggregate, as whoever raises its version does. The versions of an aggregate's events rise; one that does not
 * is a defect of the caller and throws {@link StaleVersionException}, so that the transaction rolls back.
 */
public final class Outbox {

    /** The priority of an event for which none is given. */
    public static final int DEFAULT_PRIORITY = 5;

    /** How many partitions the events are spread over; nodes share them out among themselves. */
    static final int PARTITIONS = 16;

    private final JsonMapper json;
    private final QueueRelay relay;

    /** The outbox of a database; its relay runs while the bus does. */
    public Outbox(Database database, EventBus bus, JsonMapper json) {
        this.json = json;
        this.relay = bus.relayOf(database, EventQueue.OUTBOX);
    }

    /** Appends an event of the default priority for the tenant of this thread's context. */
    public void append(Transaction tx, Object event, UUID aggregateId, long aggregateVersion) {
        append(tx, event, aggregateId, aggregateVersion, DEFAULT_PRIORITY);
    }

    /**
     * Appends an event for the tenant of this thread's context.
     *
     * @param event a record that carries {@link EventType}
     * @param priority 0 to 10
     */
    public void append(Transaction tx, Object event, UUID aggregateId, long aggregateVersion, int priority) {
        append(tx, RequestContext.currentTenant(), event, aggregateId, aggregateVersion, priority);
    }

    /** Appends an event for a tenant; a worker's transaction may name any, others only their own. */
    public void append(
            Transaction tx, UUID tenantId, Object event, UUID aggregateId, long aggregateVersion, int priority) {
        if (priority < 0 || priority > 10) {
            throw new IllegalArgumentException("a priority is 0 to 10, not " + priority);
        }
        EventName name = EventName.of(event.getClass());
        boolean appended = tx.jdbc()
                .sql("""
                        SELECT append_event(:tenantId, :id, :partition, :priority, :type, :typeVersion,
                                            :aggregateType, :aggregateId, :aggregateVersion, cast(:data AS jsonb), :traceId)
                        """)
                .param("tenantId", tenantId)
                .param("id", Ids.next())
                .param("partition", partitionOf(aggregateId))
                .param("priority", priority)
                .param("type", name.type())
                .param("typeVersion", name.version())
                .param("aggregateType", name.aggregate())
                .param("aggregateId", aggregateId)
                .param("aggregateVersion", aggregateVersion)
                .param("data", Objects.requireNonNull(json.writeValueAsString(event)))
                .param("traceId", RequestContext.current().traceId())
                .query(Boolean.class)
                .single();
        if (!appended) {
            throw new StaleVersionException(name, aggregateId, aggregateVersion);
        }
        tx.afterCommit(relay::wake);
    }

    /** The partition of an aggregate, 0 to 15; it must never change. */
    static int partitionOf(UUID aggregateId) {
        return Math.floorMod(aggregateId.hashCode(), PARTITIONS);
    }
}

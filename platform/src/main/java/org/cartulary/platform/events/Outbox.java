package org.cartulary.platform.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
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
        String traceId = RequestContext.current().traceId();
        appendAll(tx, tenantId, List.of(new NewEvent(event, aggregateId, aggregateVersion, priority, traceId)));
    }

    /**
     * Appends events, at best of many callers, for the tenant of this thread's context by one statement, in the order of the
     * list; several may be of one aggregate. Without an event it does nothing.
     *
     * @throws StaleVersionException that names the first one whose version is not greater than that of the event before it
     */
    public void appendAll(Transaction tx, List<NewEvent> events) {
        appendAll(tx, RequestContext.currentTenant(), events);
    }

    private void appendAll(Transaction tx, UUID tenantId, List<NewEvent> events) {
        for (List<NewEvent> turn : turns(events)) {
            appendOneOfEach(tx, tenantId, turn);
        }
        if (!events.isEmpty()) {
            tx.afterCommit(relay::wake);
        }
    }

    /** The events in their order, each aggregate's first ones, then their second ones and so on: nearly always one turn. */
    private static List<List<NewEvent>> turns(List<NewEvent> events) {
        List<List<NewEvent>> turns = new ArrayList<>();
        Map<Stream, Integer> seen = new HashMap<>();
        for (NewEvent event : events) {
            int turn = seen.merge(new Stream(event.name().aggregate(), event.aggregateId()), 1, Integer::sum) - 1;
            if (turn == turns.size()) {
                turns.add(new ArrayList<>());
            }
            turns.get(turn).add(event);
        }
        return turns;
    }

    private void appendOneOfEach(Transaction tx, UUID tenantId, List<NewEvent> events) {
        List<UUID> ids = events.stream().map(event -> Ids.next()).toList();
        Set<UUID> appended = Set.copyOf(tx.jdbc()
                .sql("""
                        SELECT append_events(:tenantId, :ids, :partitions, :priorities, :types, :typeVersions,
                            :aggregateTypes, :aggregateIds, :aggregateVersions, :data, :traceIds)
                        """)
                .param("ids", Sql.uuidArray(ids))
                .param("partitions", Sql.intArray(events, event -> partitionOf(event.aggregateId())))
                .param("priorities", Sql.intArray(events, NewEvent::priority))
                .param("types", Sql.textArray(events, event -> event.name().type()))
                .param(
                        "typeVersions",
                        Sql.intArray(events, event -> event.name().version()))
                .param(
                        "aggregateTypes",
                        Sql.textArray(events, event -> event.name().aggregate()))
                .param("aggregateIds", Sql.uuidArray(events, NewEvent::aggregateId))
                .param("aggregateVersions", Sql.longArray(events, NewEvent::aggregateVersion))
                .param("data", Sql.jsonArray(events.stream().map(this::data).toList()))
                .param("traceIds", Sql.textArray(events, NewEvent::traceId))
                .param("tenantId", tenantId)
                .query(UUID.class)
                .list());
        for (int i = 0; i < events.size(); i++) {
            if (!appended.contains(ids.get(i))) {
                NewEvent event = events.get(i);
                throw new StaleVersionException(event.name(), event.aggregateId(), event.aggregateVersion());
            }
        }
    }

    private String data(NewEvent event) {
        return Objects.requireNonNull(json.writeValueAsString(event.event()));
    }

    /** An aggregate, whose events follow each other. */
    private record Stream(String aggregateType, UUID aggregateId) {}

    /** The partition of an aggregate, 0 to 15; it must never change. */
    static int partitionOf(UUID aggregateId) {
        return Math.floorMod(aggregateId.hashCode(), PARTITIONS);
    }
}

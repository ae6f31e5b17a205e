package org.cartulary.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The queue of received events, as whoever receives them writes it. Thread-safe. */
final class ReceivedStore implements EventReceiver {

    /** Classes of SQL states that say that the data is wrong: its form, what the constraints allow, its size. */
    private static final Set<String> REFUSALS_OF_CONTENT = Set.of("22", "23", "54");

    private static final int LONGEST_REASON = 2_000;

    private final Database database;

    ReceivedStore(Database database) {
        this.database = database;
    }

    /**
     * As {@link EventReceiver#keep}. Those that are here already stay where they are, and those that were discarded stay
     * away. What the database refuses is found by keeping each event by itself, in order, so that it holds up no other.
     */
    @Override
    public List<Refused> keep(List<Event> events) {
        String reason = refusal(events);
        if (reason == null) {
            return List.of();
        }
        if (events.size() == 1) {
            return List.of(new Refused(events.getFirst(), reason));
        }
        List<Refused> refused = new ArrayList<>();
        for (Event event : events) {
            refused.addAll(keep(List.of(event)));
        }
        return refused;
    }

    /** Why the database refuses what is in the events; {@code null} if they are kept now. Any other fault is thrown. */
    private @Nullable String refusal(List<Event> events) {
        try {
            database.asWorker(tx -> {
                int kept = insert(tx, events);
                // A statement of its own: the one before may have waited for an operator who was discarding an event.
                return kept - deleteDiscarded(tx, events);
            });
            return null;
        } catch (RuntimeException fault) {
            String reason = refusalOfContent(fault);
            if (reason == null) {
                throw fault;
            }
            return reason;
        }
    }

    private static int insert(Transaction tx, List<Event> events) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO received_events (tenant_id, id, partition, priority, event_type, type_version,
                                                     aggregate_type, aggregate_id, aggregate_version, data, trace_id,
                                                     occurred_at)
                        SELECT tenant_id, id, partition, priority, event_type, type_version, aggregate_type, aggregate_id,
                               aggregate_version, data, trace_id, occurred_at
                        FROM unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[]), cast(:partitions AS integer[]),
                                    cast(:priorities AS integer[]), cast(:types AS text[]),
                                    cast(:typeVersions AS integer[]), cast(:aggregateTypes AS text[]),
                                    cast(:aggregateIds AS uuid[]), cast(:aggregateVersions AS bigint[]),
                                    cast(:data AS jsonb[]), cast(:traceIds AS text[]),
                                    cast(:times AS timestamptz[])) WITH ORDINALITY
                             AS r (tenant_id, id, partition, priority, event_type, type_version, aggregate_type,
                                   aggregate_id, aggregate_version, data, trace_id, occurred_at, number)
                        ORDER BY number
                        ON CONFLICT (tenant_id, id) DO NOTHING
                        """)
                .param("tenantIds", Sql.uuidArray(events, Event::tenantId))
                .param("ids", Sql.uuidArray(events, Event::id))
                .param("partitions", Sql.intArray(events, event -> Outbox.partitionOf(event.aggregateId())))
                .param("priorities", Sql.intArray(events, Event::priority))
                .param("types", Sql.textArray(events, Event::type))
                .param("typeVersions", Sql.intArray(events, Event::typeVersion))
                .param("aggregateTypes", Sql.textArray(events, Event::aggregateType))
                .param("aggregateIds", Sql.uuidArray(events, Event::aggregateId))
                .param("aggregateVersions", Sql.longArray(events, Event::aggregateVersion))
                .param("data", Sql.jsonArray(events.stream().map(Event::data).toList()))
                .param("traceIds", Sql.textArray(events, Event::traceId))
                .param("times", Sql.timestampArray(events, Event::occurredAt))
                .update();
    }

    private static int deleteDiscarded(Transaction tx, List<Event> events) {
        return tx.jdbc()
                .sql("""
                        DELETE FROM received_events e
                        USING unnest(cast(:tenantIds AS uuid[]), cast(:ids AS uuid[])) AS r (tenant_id, id)
                        JOIN inbox_events d
                          ON d.tenant_id = r.tenant_id AND d.consumer = :discarded AND d.event_id = r.id
                        WHERE e.tenant_id = r.tenant_id AND e.id = r.id
                        """)
                .param("tenantIds", Sql.uuidArray(events, Event::tenantId))
                .param("ids", Sql.uuidArray(events, Event::id))
                .param("discarded", Inbox.DISCARDED)
                .update();
    }

    private static @Nullable String refusalOfContent(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused
                    && refused.getSQLState() != null
                    && refused.getSQLState().length() == 5
                    && REFUSALS_OF_CONTENT.contains(refused.getSQLState().substring(0, 2))) {
                return refused.getSQLState() + " " + refused.getMessage();
            }
        }
        return null;
    }

    @Override
    public void setAside(List<UnusableRecord> records) {
        database.asWorker(tx -> tx.jdbc()
                .sql("""
                        INSERT INTO unusable_records (topic, topic_partition, topic_offset, reason, headers, key, value)
                        SELECT topic, topic_partition, topic_offset, reason, headers, decode(key, 'base64'),
                               decode(value, 'base64')
                        FROM unnest(cast(:topics AS text[]), cast(:partitions AS integer[]), cast(:offsets AS bigint[]),
                                    cast(:reasons AS text[]), cast(:headers AS text[]), cast(:keys AS text[]),
                                    cast(:values AS text[]))
                             AS r (topic, topic_partition, topic_offset, reason, headers, key, value)
                        ON CONFLICT (topic, topic_partition, topic_offset) DO NOTHING
                        """)
                .param("topics", Sql.textArray(records, UnusableRecord::topic))
                .param("partitions", Sql.intArray(records, UnusableRecord::partition))
                .param("offsets", Sql.longArray(records, UnusableRecord::offset))
                .param("reasons", Sql.textArray(records, record -> text(record.reason(), LONGEST_REASON)))
                .param("headers", Sql.textArray(records, record -> text(record.headers(), Integer.MAX_VALUE)))
                .param("keys", Sql.textArray(records, UnusableRecord::key))
                .param("values", Sql.textArray(records, UnusableRecord::value))
                .update());
    }

    /** PostgreSQL's text has no NUL, and no half of a pair of surrogates. */
    private static String text(String text, int longest) {
        String shortened = text.length() > longest ? text.substring(0, longest) : text;
        return new String(shortened.replace('\0', '\uFFFD').getBytes(UTF_8), UTF_8);
    }
}

package org.cartulary.platform.events;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** The notes of which events were handled, written in the transaction of whoever handles them. */
public final class Inbox {

    /** The consumer of an event that an operator has discarded: it is handled for all of them. */
    static final String DISCARDED = "*";

    private Inbox() {}

    /**
     * Notes that the consumer handles the event in this transaction. A twin that does so at the same time waits for the end
     * of this transaction.
     *
     * @return whether it is the first time; otherwise there is nothing to do
     */
    public static boolean accept(Transaction tx, UUID tenantId, String consumer, UUID eventId) {
        return !acceptAll(tx, tenantId, consumer, List.of(eventId)).isEmpty();
    }

    /**
     * As {@link #accept}, for several events by one statement.
     *
     * @return those that are handled for the first time
     */
    static Set<UUID> acceptAll(Transaction tx, UUID tenantId, String consumer, List<UUID> eventIds) {
        // In one order, so that two deliveries of the same events do not wait for each other in a circle.
        return Set.copyOf(tx.jdbc()
                .sql("""
                        INSERT INTO inbox_events (tenant_id, consumer, event_id)
                        SELECT :tenantId, :consumer, e.id
                        FROM unnest(:eventIds) AS e (id)
                        ORDER BY e.id
                        ON CONFLICT DO NOTHING
                        RETURNING event_id
                        """)
                .param("tenantId", tenantId)
                .param("consumer", consumer)
                .param("eventIds", Sql.uuidArray(eventIds))
                .query(UUID.class)
                .list());
    }

    /**
     * Deletes notes that are older than any redelivery can be.
     *
     * @param limit how many at most
     * @return how many were deleted
     */
    public static int purge(Database database, Duration olderThan, int limit) {
        // Notes never change, so a row is still the same when it is deleted by its place.
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        DELETE FROM inbox_events
                        WHERE ctid = ANY (ARRAY(
                            SELECT ctid
                            FROM inbox_events
                            WHERE received_at < clock_timestamp() - make_interval(secs => cast(:seconds AS double precision))
                            LIMIT :limit))
                        """)
                .param("seconds", olderThan.toSeconds())
                .param("limit", limit)
                .update());
    }
}

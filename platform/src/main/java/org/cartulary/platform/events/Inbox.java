package org.cartulary.platform.events;

import java.time.Duration;
import java.util.UUID;
import org.cartulary.platform.database.Database;
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
        return tx.jdbc()
                        .sql("""
                                INSERT INTO inbox_events (tenant_id, consumer, event_id)
                                VALUES (:tenantId, :consumer, :eventId)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("tenantId", tenantId)
                        .param("consumer", consumer)
                        .param("eventId", eventId)
                        .update()
                == 1;
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

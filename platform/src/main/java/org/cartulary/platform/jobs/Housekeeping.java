package org.cartulary.platform.jobs;

import java.time.Duration;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Inbox;
import org.cartulary.platform.idempotency.Idempotency;

/** Deletes what the platform has kept long enough in the database of a service. */
public final class Housekeeping {

    /** Longer than an event can stay in a topic, so that one that is read anew is still recognised. */
    private static final Duration INBOX_NOTES_KEPT = Duration.ofDays(30);

    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final int MAX_ROWS_A_STATEMENT = 5_000;

    private Housekeeping() {}

    /** The job {@code housekeeping}: a bounded number of rows every 15 minutes, in short transactions. */
    public static Job of(Database database) {
        return new Job("housekeeping", EVERY, () -> {
            Batches.work(MAX_ROWS_A_STATEMENT, limit -> Inbox.purge(database, INBOX_NOTES_KEPT, limit));
            Batches.work(MAX_ROWS_A_STATEMENT, limit -> Idempotency.purgeExpired(database, limit));
            Batches.work(MAX_ROWS_A_STATEMENT, limit -> DataAccessLog.purge(database, limit));
        });
    }
}

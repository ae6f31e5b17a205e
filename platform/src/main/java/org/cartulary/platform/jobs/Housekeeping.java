package org.cartulary.platform.jobs;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
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
    private static final int MAX_STATEMENTS_A_RUN = 100;

    private Housekeeping() {}

    /** The job {@code housekeeping}: a bounded number of rows every 15 minutes, in short transactions. */
    public static Job of(Database database) {
        return new Job("housekeeping", EVERY, () -> {
            purge(limit -> Inbox.purge(database, INBOX_NOTES_KEPT, limit));
            purge(limit -> Idempotency.purgeExpired(database, limit));
            purge(limit -> DataAccessLog.purge(database, limit));
        });
    }

    private static void purge(IntUnaryOperator delete) {
        for (int statement = 0; statement < MAX_STATEMENTS_A_RUN; statement++) {
            if (delete.applyAsInt(MAX_ROWS_A_STATEMENT) < MAX_ROWS_A_STATEMENT) {
                return;
            }
        }
    }
}

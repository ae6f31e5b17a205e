package org.cartulary.platform.database;

import java.time.Duration;

/**
 * How long one statement may take, by the role that runs it. The server stops one that takes longer. A connection on which
 * nothing has come for {@link #PATIENCE} longer than that is given up: the network has lost it without telling anybody, and
 * whoever waits for it would wait for ever. Migrations, which may build an index for hours, have no such limit.
 *
 * @param app for requests; whole seconds, at least one
 * @param worker for jobs, relays, leases and recoveries; whole seconds, at least one
 * @param readonly for reports and for the checks of all records; whole seconds, at least one
 */
public record StatementLimits(Duration app, Duration worker, Duration readonly) {

    /** 30 s for requests, two minutes for jobs, an hour for reports. */
    public static final StatementLimits DEFAULT =
            new StatementLimits(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofHours(1));

    /** How much longer than a statement its connection may be silent: the server is to have the first word. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    public StatementLimits {
        requireSeconds(app);
        requireSeconds(worker);
        requireSeconds(readonly);
    }

    private static void requireSeconds(Duration limit) {
        if (limit.toSeconds() < 1 || limit.toNanosPart() != 0 || limit.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "the limit of a statement is a number of whole seconds, from one to a day's, not " + limit);
        }
    }

    /** How long a connection may be silent while a statement with this limit runs. */
    static long silenceSeconds(Duration limit) {
        return limit.plus(PATIENCE).toSeconds();
    }
}

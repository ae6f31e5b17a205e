package org.cartulary.customer;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild of the statistics from the first event on.
 *
 * @param status {@code running}, or {@code switched} when what was rebuilt is shown
 * @param result {@code null} while it is under way
 */
record Rebuild(
        UUID id,
        String status,
        Instant requestedAt,
        @Nullable Result result) {

    /**
     * How the rebuilt statistics compared with those they replaced, both at the same place in the feed.
     *
     * @param equal whether every row was the same; if not, the replaced ones were wrong
     * @param milliseconds from the request to the switch
     * @param replaced rows and checksum of what was shown before
     * @param rebuilt rows and checksum of what is shown now
     */
    record Result(
            boolean equal,
            Instant finishedAt,
            long milliseconds,
            long eventsRead,
            RebuildStore.Checksum replaced,
            RebuildStore.Checksum rebuilt) {

        static Result of(
                Instant requestedAt,
                Instant finishedAt,
                long eventsRead,
                RebuildStore.Checksum replaced,
                RebuildStore.Checksum rebuilt) {
            return new Result(
                    replaced.equals(rebuilt),
                    finishedAt,
                    Duration.between(requestedAt, finishedAt).toMillis(),
                    eventsRead,
                    replaced,
                    rebuilt);
        }
    }
}

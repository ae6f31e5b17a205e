package org.cartulary.platform.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that failed at least once on its way out, or where it arrived.
 *
 * @param queue on which of the two ways it is
 * @param deadAt when it was given up, {@code null} while it is tried again by itself
 * @param error what the last attempt failed with
 * @param everything its whole row, as a JSON object, for the audit
 */
public record FailedEvent(
        EventQueue queue,
        Event event,
        int attempts,
        Instant nextAttemptAt,
        @Nullable Instant deadAt,
        @Nullable String error,
        String everything) {}

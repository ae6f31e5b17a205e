package org.cartulary.privacy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The change from one key of a shop to the next.
 *
 * @param state running or done
 * @param rewrapped how many keys of people have changed over
 */
record KeyRotation(
        UUID id,
        int fromVersion,
        int toVersion,
        String state,
        long rewrapped,
        Instant startedAt,
        @Nullable Instant finishedAt) {}

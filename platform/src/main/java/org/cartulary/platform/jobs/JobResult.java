package org.cartulary.platform.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last run of a job went.
 *
 * @param status {@code running}, {@code succeeded} or {@code failed}
 * @param finishedAt {@code null} while the first run is under way
 * @param error why it failed, {@code null} where it did not
 * @param runs how many runs were started
 */
public record JobResult(
        String name,
        String status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String error,
        long runs) {}

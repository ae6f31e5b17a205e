package org.cartulary.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param format csv or jsonl
 * @param dryRun whether the lines are only tried
 * @param state receiving, waiting, running, completed (also where lines failed), failed (the rest of the file was not read) or
 *     cancelled
 * @param lines how many products were read; each is one of those that follow
 * @param failure why the rest was not read: a stable code
 */
record ImportView(
        UUID id,
        String format,
        boolean dryRun,
        String state,
        long sizeBytes,
        long lines,
        long created,
        long changed,
        long unchanged,
        long failed,
        @Nullable String failure,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {}

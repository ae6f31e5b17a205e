package org.cartulary.platform.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for stuck work, the oldest first.
 *
 * @param kind {@code null} for all kinds
 * @param afterSince when the last one seen began, {@code null} for the first page
 * @param afterId the id of the last one seen, {@code null} for the first page
 * @param limit the most to answer, 1 to 1,000
 */
public record FindStuckWork(
        @Nullable StuckKind kind,
        @Nullable Instant afterSince,
        @Nullable UUID afterId,
        int limit) {}

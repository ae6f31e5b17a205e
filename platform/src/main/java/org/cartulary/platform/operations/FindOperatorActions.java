package org.cartulary.platform.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what operators did, the latest first.
 *
 * @param beforeTime when the last one seen happened, {@code null} for the first page
 * @param beforeId the id of the last one seen, {@code null} for the first page
 * @param limit the most to answer, 1 to 1,000
 */
public record FindOperatorActions(
        @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {}

package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far it is that a customer is forgotten.
 *
 * @param status PENDING or COMPLETED
 */
record ErasureView(
        UUID id,
        UUID customerId,
        String status,
        Instant requestedAt,
        @Nullable Instant completedAt) {}

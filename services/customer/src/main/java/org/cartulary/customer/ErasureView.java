package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far it is that a customer is forgotten.
 *
 * @param customerId {@code null} for a guest
 * @param status PENDING or COMPLETED
 * @param guestKeyKept whether the guest bought again before it was done, so that the key, by which that is sealed, had to stay: backups
 *     and events remain readable until they are forgotten once more
 */
record ErasureView(
        UUID id,
        @Nullable UUID customerId,
        String status,
        boolean guestKeyKept,
        Instant requestedAt,
        @Nullable Instant completedAt) {}

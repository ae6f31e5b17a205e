package org.cartulary.contracts.inventory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next page of presences, in the order of tenant and sold id (compared as PostgreSQL compares uuids: by unsigned bytes).
 *
 * @param tenantId the tenant of the last one seen, {@code null} for the first page
 * @param soldId what was sold in the last one seen, {@code null} for the first page
 * @param limit how many at most, 1 to 10,000
 */
public record PresencesAfter(
        @Nullable UUID tenantId, @Nullable UUID soldId, int limit) {}

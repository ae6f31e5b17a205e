package org.cartulary.contracts.reconciliation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next page of facts, in the order of tenant and order id.
 *
 * @param tenantId the tenant of the last fact seen, {@code null} for the first page
 * @param orderId the order of the last fact seen, {@code null} for the first page
 * @param limit how many facts at most, 1 to 10,000
 */
public record FactsAfter(@Nullable UUID tenantId, @Nullable UUID orderId, int limit) {}

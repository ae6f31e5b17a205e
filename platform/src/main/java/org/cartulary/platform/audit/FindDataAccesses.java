package org.cartulary.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks who read personal data of a tenant, the latest first.
 *
 * @param tenantId the tenant; the one of zeros is the platform itself
 * @param subjectId only of this customer, order or checkout, or {@code null} for all
 * @param personId only of this customer, wherever the data are, or {@code null} for all
 * @param principalId only by this caller, or {@code null} for all
 * @param beforeTime when the last one seen happened, {@code null} for the first page
 * @param beforeId the id of the last one seen, {@code null} for the first page
 * @param limit the most to answer, 1 to 1,000
 */
public record FindDataAccesses(
        UUID tenantId,
        @Nullable UUID subjectId,
        @Nullable UUID personId,
        @Nullable UUID principalId,
        @Nullable Instant beforeTime,
        @Nullable UUID beforeId,
        int limit) {}

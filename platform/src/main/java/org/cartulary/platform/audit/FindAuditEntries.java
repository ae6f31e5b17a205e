package org.cartulary.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for critical operations of a tenant, the latest first.
 *
 * @param tenantId the tenant; the one of zeros is the platform itself
 * @param action only these, or {@code null} for all
 * @param subjectId only what was done to this thing, or {@code null} for all
 * @param principalId only what this caller did, or {@code null} for all
 * @param beforeTime when the last one seen happened, {@code null} for the first page
 * @param beforeId the id of the last one seen, {@code null} for the first page
 * @param limit the most to answer, 1 to 1,000
 */
public record FindAuditEntries(
        UUID tenantId,
        @Nullable String action,
        @Nullable UUID subjectId,
        @Nullable UUID principalId,
        @Nullable Instant beforeTime,
        @Nullable UUID beforeId,
        int limit) {}

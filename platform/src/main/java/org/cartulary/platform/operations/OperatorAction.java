package org.cartulary.platform.operations;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did.
 *
 * @param service in whose database
 * @param tenantId whose work it was
 * @param principalKind what kind of caller acted
 * @param principalId who acted; {@code null} for the platform itself
 * @param before what the work was like; an event that was dropped is kept here whole
 * @param after what it was like afterwards
 */
public record OperatorAction(
        String service,
        UUID id,
        Instant actedAt,
        UUID tenantId,
        String principalKind,
        @Nullable UUID principalId,
        StuckKind kind,
        UUID subjectId,
        OperatorAct act,
        String reason,
        Map<String, @Nullable Object> before,
        Map<String, @Nullable Object> after) {}

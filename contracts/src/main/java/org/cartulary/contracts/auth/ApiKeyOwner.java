package org.cartulary.contracts.auth;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who holds an API key: its id, its tenant and what it may do. */
public record ApiKeyOwner(
        UUID id,
        UUID tenantId,
        String name,
        Set<String> permissions,
        @Nullable Instant expiresAt) {}

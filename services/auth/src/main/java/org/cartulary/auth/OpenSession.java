package org.cartulary.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session that goes on, and the program that opened it as it named itself. */
record OpenSession(UUID id, @Nullable String userAgent, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}

package org.cartulary.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works for the shop, or did; who it is, is sealed.
 *
 * @param invited whether no password was set yet
 * @param secondFactor whether a log-in asks for a second factor
 * @param lockedUntil until when no log-in is looked at, because too many have failed; {@code null} if it is
 * @param endedAt when the account was ended, {@code null} while it goes on
 */
record StoredStaff(
        UUID id,
        String personSealed,
        String role,
        boolean invited,
        boolean secondFactor,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant lockedUntil,
        @Nullable Instant endedAt,
        long version) {

    @Override
    public String toString() {
        return "StoredStaff[id=" + id + ", role=" + role + "]";
    }
}

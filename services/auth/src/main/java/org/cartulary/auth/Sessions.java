package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** Continues sessions and ends them. Thread-safe. */
final class Sessions {

    private final Database database;
    private final Clock clock;
    private final SessionStore store = new SessionStore();

    Sessions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Exchanges a refresh token; the end of a session whose token came again is committed with the refusal. */
    RefreshResult refresh(String token) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            var user = store.rotate(tx, tenantId, token, now);
            if (user.isPresent()) {
                return new RefreshResult.Refreshed(user.get());
            }
            return store.revokeReused(tx, tenantId, token, now)
                    ? new RefreshResult.Reused()
                    : new RefreshResult.Refused();
        });
    }

    /** Logs a user out of one session. */
    void end(UUID userId, UUID sessionId) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        database.inTransaction(tx -> {
            store.revokeOwn(tx, tenantId, userId, sessionId, now);
            return sessionId;
        });
    }
}

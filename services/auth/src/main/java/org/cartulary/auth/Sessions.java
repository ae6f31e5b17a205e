package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /** Exchanges a refresh token, and once more right away if it comes again; the end of a session whose token came again is committed with the refusal. */
    RefreshResult refresh(String token) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        return new UnidentifiedCallers(database).inTransaction(tx -> {
            var user = store.rotate(tx, tenantId, token, now);
            if (user.isPresent()) {
                return new RefreshResult.Refreshed(user.get());
            }
            return store.revokeReused(tx, tenantId, token, now)
                    ? new RefreshResult.Reused()
                    : new RefreshResult.Refused();
        });
    }

    /** Logs a user out of one session; whether it is theirs. */
    boolean end(UUID userId, UUID sessionId) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        return database.inTransaction(tx -> store.revokeOwn(tx, tenantId, userId, sessionId, now));
    }

    /** Logs a user out everywhere. */
    void endAll(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        database.<Boolean>inTransaction(tx -> {
            store.revokeAll(tx, tenantId, userId, "LOGGED_OUT", now);
            return true;
        });
    }

    /** Where a user is logged in. */
    List<OpenSession> open(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        return database.inReadTransaction(tx -> store.open(tx, tenantId, userId, now));
    }
}

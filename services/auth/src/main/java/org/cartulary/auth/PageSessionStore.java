package org.cartulary.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where page sessions are kept: which session is behind a token, and until when the token is idle. Whether the session goes on is
 * decided in PostgreSQL wherever that is. Asked on behalf of people who have yet to show who they are, outside of transactions.
 * Thread-safe.
 */
interface PageSessionStore {

    /**
     * Uses up a refresh token and keeps a page session for its session; nothing if the token is good for nothing. One that was used
     * before ends its session.
     */
    Optional<PageHolder> open(UUID tenantId, String refreshToken, String tokenHash, Instant now);

    /** Whose the page session is, if it is not over; its idle time begins anew. */
    Optional<PageHolder> use(UUID tenantId, String tokenHash, Instant now);

    /** Ends the page session and the session behind it, whether or not it was idle for too long. */
    void end(UUID tenantId, String tokenHash, Instant now);
}

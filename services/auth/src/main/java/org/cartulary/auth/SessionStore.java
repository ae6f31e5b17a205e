package org.cartulary.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** The SQL of sessions and their refresh tokens. Whatever changes tokens locks their session first. */
final class SessionStore {

    /** How long a session lives at most. */
    static final Duration SESSION_LIFE = Duration.ofDays(90);
    /** How long a refresh token lives: a session that is not used for so long ends. */
    static final Duration TOKEN_LIFE = Duration.ofDays(30);
    /** For so long a token that was just exchanged may come again, from somebody who has lost the answer. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final int MAX_LISTED = 100;
    private static final String TOKEN_PREFIX = "rt_";

    /** A token that was exchanged, to be followed by the next one of its session. */
    private record Exchanged(UUID tokenId, UUID sessionId, UUID userId, String role) {

        Family family() {
            return new Family(sessionId, userId, tokenId);
        }
    }

    /** Where a new token belongs, and the token that it is exchanged for. */
    private record Family(
            UUID sessionId, UUID userId, @Nullable UUID rotatedFrom) {}

    SignedInUser open(Transaction tx, UUID tenantId, Credentials user, @Nullable String userAgent, Instant now) {
        UUID sessionId = Ids.next();
        tx.jdbc()
                .sql("""
                        INSERT INTO user_sessions (tenant_id, id, user_id, user_agent, created_at, last_used_at, expires_at)
                        VALUES (:tenantId, :id, :userId, left(:userAgent, 300), :now, :now, :expiresAt)
                        """)
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .param("userId", user.userId())
                .param("userAgent", userAgent)
                .param("now", Sql.timestamp(now))
                .param("expiresAt", Sql.timestamp(now.plus(SESSION_LIFE)))
                .update();
        String token = insertToken(tx, tenantId, new Family(sessionId, user.userId(), null), now);
        return new SignedInUser(user.userId(), user.role(), sessionId, token);
    }

    /** Exchanges the token for the next one of its session; nothing if it cannot be used. */
    Optional<SignedInUser> rotate(Transaction tx, UUID tenantId, String token, Instant now) {
        if (!touch(tx, tenantId, token, now)) {
            return Optional.empty();
        }
        return use(tx, tenantId, token, now)
                .or(() -> supersede(tx, tenantId, token, now))
                .map(exchanged -> new SignedInUser(
                        exchanged.userId(),
                        exchanged.role(),
                        exchanged.sessionId(),
                        insertToken(tx, tenantId, exchanged.family(), now)));
    }

    /** The session that a refresh token belongs to, whether or not either is good for anything. */
    Optional<UUID> sessionOf(Transaction tx, UUID tenantId, String token) {
        return tx.jdbc()
                .sql("SELECT session_id FROM refresh_tokens WHERE tenant_id = :tenantId AND token_hash = :tokenHash")
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .query(UUID.class)
                .optional();
    }

    /**
     * Uses the token up without a next one: from then on a page session holds its session. Nothing if it cannot be used; if it was
     * used before, its session ends.
     */
    Optional<UUID> handOver(Transaction tx, UUID tenantId, String token, Instant now) {
        Optional<Exchanged> used = touch(tx, tenantId, token, now) ? use(tx, tenantId, token, now) : Optional.empty();
        if (used.isEmpty()) {
            revokeReused(tx, tenantId, token, now);
        }
        return used.map(Exchanged::sessionId);
    }

    /**
     * Notes that the token's session is used, if it has not ended. All who come with tokens of one session take turns here, so
     * that each sees what the one before has done.
     */
    private static boolean touch(Transaction tx, UUID tenantId, String token, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE user_sessions s
                        SET last_used_at = :now
                        FROM refresh_tokens t
                        WHERE t.tenant_id = :tenantId AND t.token_hash = :tokenHash
                          AND s.tenant_id = t.tenant_id AND s.id = t.session_id
                          AND s.revoked_at IS NULL AND s.expires_at > :now
                        """)
                        .param("now", Sql.timestamp(now))
                        .param("tenantId", tenantId)
                        .param("tokenHash", SecretTexts.sha256(token))
                        .update()
                == 1;
    }

    private static Optional<Exchanged> use(Transaction tx, UUID tenantId, String token, Instant now) {
        return tx.jdbc()
                .sql("""
                        UPDATE refresh_tokens t
                        SET used_at = :now
                        FROM users u
                        WHERE t.tenant_id = :tenantId AND t.token_hash = :tokenHash
                          AND t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > :now
                          AND u.tenant_id = t.tenant_id AND u.id = t.user_id AND u.is_active AND u.deleted_at IS NULL
                        RETURNING t.id, t.session_id, t.user_id, u.role
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .query(SessionStore::exchanged)
                .optional();
    }

    /**
     * Takes back the token that this one was exchanged for a moment ago, if nobody has used it: its answer may be lost. If it was
     * not, and it comes after all, two have the session, and it ends.
     */
    private static Optional<Exchanged> supersede(Transaction tx, UUID tenantId, String token, Instant now) {
        return tx.jdbc()
                .sql("""
                        UPDATE refresh_tokens next
                        SET revoked_at = :now
                        FROM refresh_tokens t, users u
                        WHERE t.tenant_id = :tenantId AND t.token_hash = :tokenHash
                          AND t.used_at > :graceBegan AND t.expires_at > :now
                          AND next.tenant_id = t.tenant_id AND next.session_id = t.session_id
                          AND next.rotated_from = t.id AND next.used_at IS NULL AND next.revoked_at IS NULL
                          AND u.tenant_id = t.tenant_id AND u.id = t.user_id AND u.is_active AND u.deleted_at IS NULL
                        RETURNING t.id, t.session_id, t.user_id, u.role
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .param("graceBegan", Sql.timestamp(now.minus(GRACE)))
                .query(SessionStore::exchanged)
                .optional();
    }

    private static Exchanged exchanged(ResultSet row, int number) throws SQLException {
        return new Exchanged(
                row.getObject("id", UUID.class),
                row.getObject("session_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("role"));
    }

    /**
     * Ends the session of a token that has been used or taken back before; whether there is one. Of a session that has ended
     * already only what was used counts: its last token was taken back by its end.
     */
    boolean revokeReused(Transaction tx, UUID tenantId, String token, Instant now) {
        Optional<UUID> reused = tx.jdbc()
                .sql("""
                        SELECT t.session_id
                        FROM refresh_tokens t
                        JOIN user_sessions s ON s.tenant_id = t.tenant_id AND s.id = t.session_id
                        WHERE t.tenant_id = :tenantId AND t.token_hash = :tokenHash
                          AND (t.used_at IS NOT NULL OR t.revoked_at IS NOT NULL AND s.revoked_at IS NULL)
                        """)
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .query(UUID.class)
                .optional();
        reused.ifPresent(sessionId -> revoke(tx, tenantId, sessionId, "TOKEN_REUSED", now));
        return reused.isPresent();
    }

    /** Ends the session if it is this user's; whether it is, though it may have ended already. */
    boolean revokeOwn(Transaction tx, UUID tenantId, UUID userId, UUID sessionId, Instant now) {
        boolean own = tx.jdbc()
                .sql("SELECT FROM user_sessions WHERE tenant_id = :tenantId AND id = :id AND user_id = :userId")
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .param("userId", userId)
                .query((row, number) -> true)
                .optional()
                .isPresent();
        if (own) {
            logOut(tx, tenantId, sessionId, now);
        }
        return own;
    }

    /** Ends a session for whoever has it. */
    void logOut(Transaction tx, UUID tenantId, UUID sessionId, Instant now) {
        revoke(tx, tenantId, sessionId, "LOGGED_OUT", now);
    }

    private static void revoke(Transaction tx, UUID tenantId, UUID sessionId, String reason, Instant now) {
        tx.jdbc()
                .sql("""
                        WITH ended AS (
                            UPDATE user_sessions
                            SET revoked_at = coalesce(revoked_at, :now),
                                revocation_reason = coalesce(revocation_reason, :reason)
                            WHERE tenant_id = :tenantId AND id = :id
                            RETURNING id)
                        UPDATE refresh_tokens
                        SET revoked_at = :now
                        WHERE tenant_id = :tenantId AND session_id IN (SELECT id FROM ended)
                          AND used_at IS NULL AND revoked_at IS NULL
                        """)
                .param("now", Sql.timestamp(now))
                .param("reason", reason)
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .update();
    }

    /** Ends all sessions of the user. */
    void revokeAll(Transaction tx, UUID tenantId, UUID userId, String reason, Instant now) {
        tx.jdbc()
                .sql("""
                        WITH ended AS (
                            UPDATE user_sessions
                            SET revoked_at = :now, revocation_reason = :reason
                            WHERE tenant_id = :tenantId AND user_id = :userId AND revoked_at IS NULL
                            RETURNING id)
                        UPDATE refresh_tokens
                        SET revoked_at = :now
                        WHERE tenant_id = :tenantId AND session_id IN (SELECT id FROM ended)
                          AND used_at IS NULL AND revoked_at IS NULL
                        """)
                .param("now", Sql.timestamp(now))
                .param("reason", reason)
                .param("tenantId", tenantId)
                .param("userId", userId)
                .update();
    }

    /** The user's sessions that go on, the last used first, at most a hundred. */
    List<OpenSession> open(Transaction tx, UUID tenantId, UUID userId, Instant now) {
        return tx.jdbc()
                .sql("""
                        SELECT id, user_agent, created_at, last_used_at, expires_at
                        FROM user_sessions
                        WHERE tenant_id = :tenantId AND user_id = :userId AND revoked_at IS NULL AND expires_at > :now
                          AND last_used_at > :unusedSince
                        ORDER BY last_used_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId)
                .param("userId", userId)
                .param("now", Sql.timestamp(now))
                .param("unusedSince", Sql.timestamp(now.minus(TOKEN_LIFE)))
                .param("limit", MAX_LISTED)
                .query((row, number) -> new OpenSession(
                        row.getObject("id", UUID.class),
                        row.getString("user_agent"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_used_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static String insertToken(Transaction tx, UUID tenantId, Family family, Instant now) {
        String token = SecretTexts.next(TOKEN_PREFIX);
        tx.jdbc()
                .sql("""
                        INSERT INTO refresh_tokens (tenant_id, id, session_id, user_id, token_hash, rotated_from, expires_at,
                                                    created_at)
                        VALUES (:tenantId, :id, :sessionId, :userId, :tokenHash, :rotatedFrom, :expiresAt, :now)
                        """)
                .param("tenantId", tenantId)
                .param("id", Ids.next())
                .param("sessionId", family.sessionId())
                .param("userId", family.userId())
                .param("tokenHash", SecretTexts.sha256(token))
                .param("rotatedFrom", family.rotatedFrom())
                .param("expiresAt", Sql.timestamp(now.plus(TOKEN_LIFE)))
                .param("now", Sql.timestamp(now))
                .update();
        return token;
    }
}

package org.cartulary.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** The SQL of sessions and their refresh tokens. */
final class SessionStore {

    /** How long a session lives at most. */
    static final Duration SESSION_LIFE = Duration.ofDays(90);
    /** How long a refresh token lives: a session that is not used for so long ends. */
    static final Duration TOKEN_LIFE = Duration.ofDays(30);

    private static final String TOKEN_PREFIX = "rt_";

    private record UsedToken(UUID sessionId, UUID userId, String role) {}

    SignedInUser open(Transaction tx, UUID tenantId, Credentials user, Instant now) {
        UUID sessionId = Ids.next();
        tx.jdbc()
                .sql("""
                        INSERT INTO user_sessions (tenant_id, id, user_id, created_at, last_used_at, expires_at)
                        VALUES (:tenantId, :id, :userId, :now, :now, :expiresAt)
                        """)
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .param("userId", user.userId())
                .param("now", Sql.timestamp(now))
                .param("expiresAt", Sql.timestamp(now.plus(SESSION_LIFE)))
                .update();
        String token = insertToken(tx, tenantId, sessionId, user.userId(), now);
        return new SignedInUser(user.userId(), user.role(), sessionId, token);
    }

    /** Exchanges the token for the next one of its session; nothing if it cannot be used. */
    Optional<SignedInUser> rotate(Transaction tx, UUID tenantId, String token, Instant now) {
        Optional<UsedToken> used = use(tx, tenantId, token, now);
        used.ifPresent(found -> tx.jdbc()
                .sql("UPDATE user_sessions SET last_used_at = :now WHERE tenant_id = :tenantId AND id = :id")
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("id", found.sessionId())
                .update());
        return used.map(found -> new SignedInUser(
                found.userId(),
                found.role(),
                found.sessionId(),
                insertToken(tx, tenantId, found.sessionId(), found.userId(), now)));
    }

    private static Optional<UsedToken> use(Transaction tx, UUID tenantId, String token, Instant now) {
        return tx.jdbc()
                .sql("""
                        UPDATE refresh_tokens t
                        SET used_at = :now
                        FROM user_sessions s, users u
                        WHERE t.tenant_id = :tenantId AND t.token_hash = :tokenHash
                          AND t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > :now
                          AND s.tenant_id = t.tenant_id AND s.id = t.session_id
                          AND s.revoked_at IS NULL AND s.expires_at > :now
                          AND u.tenant_id = t.tenant_id AND u.id = t.user_id AND u.is_active AND u.deleted_at IS NULL
                        RETURNING t.session_id, t.user_id, u.role
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .query((row, number) -> new UsedToken(
                        row.getObject("session_id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getString("role")))
                .optional();
    }

    /** Ends the session of a token that has been used before; whether there is one. */
    boolean revokeReused(Transaction tx, UUID tenantId, String token, Instant now) {
        Optional<UUID> reused = tx.jdbc()
                .sql("""
                        SELECT session_id
                        FROM refresh_tokens
                        WHERE tenant_id = :tenantId AND token_hash = :tokenHash AND used_at IS NOT NULL
                        """)
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .query(UUID.class)
                .optional();
        reused.ifPresent(sessionId -> revoke(tx, tenantId, sessionId, "TOKEN_REUSED", now));
        return reused.isPresent();
    }

    /** Ends the session if it is this user's; it is no error if it has ended already. */
    void revokeOwn(Transaction tx, UUID tenantId, UUID userId, UUID sessionId, Instant now) {
        boolean own = tx.jdbc()
                .sql("SELECT FROM user_sessions WHERE tenant_id = :tenantId AND id = :id AND user_id = :userId")
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .param("userId", userId)
                .query((row, number) -> true)
                .optional()
                .isPresent();
        if (own) {
            revoke(tx, tenantId, sessionId, "LOGGED_OUT", now);
        }
    }

    private static void revoke(Transaction tx, UUID tenantId, UUID sessionId, String reason, Instant now) {
        tx.jdbc()
                .sql("""
                        WITH ended AS (
                            UPDATE user_sessions
                            SET revoked_at = :now, revocation_reason = :reason
                            WHERE tenant_id = :tenantId AND id = :id AND revoked_at IS NULL)
                        UPDATE refresh_tokens
                        SET revoked_at = :now
                        WHERE tenant_id = :tenantId AND session_id = :id AND used_at IS NULL AND revoked_at IS NULL
                        """)
                .param("now", Sql.timestamp(now))
                .param("reason", reason)
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .update();
    }

    private static String insertToken(Transaction tx, UUID tenantId, UUID sessionId, UUID userId, Instant now) {
        String token = SecretTexts.next(TOKEN_PREFIX);
        tx.jdbc()
                .sql("""
                        INSERT INTO refresh_tokens (tenant_id, id, session_id, user_id, token_hash, expires_at, created_at)
                        VALUES (:tenantId, :id, :sessionId, :userId, :tokenHash, :expiresAt, :now)
                        """)
                .param("tenantId", tenantId)
                .param("id", Ids.next())
                .param("sessionId", sessionId)
                .param("userId", userId)
                .param("tokenHash", SecretTexts.sha256(token))
                .param("expiresAt", Sql.timestamp(now.plus(TOKEN_LIFE)))
                .param("now", Sql.timestamp(now))
                .update();
        return token;
    }
}

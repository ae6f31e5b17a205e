package org.cartulary.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** The SQL of tokens that are sent by mail, and of how many mails may be asked for. The tables are alike but for their names. */
final class MailedTokenStore {

    static final int MAX_REQUESTS = 3;
    static final Duration REQUESTS_WITHIN = Duration.ofHours(1);

    /** Whether one more mail may be asked for to the address; counted alike whether or not it has an account. */
    boolean claimRequest(Transaction tx, UUID tenantId, MailPurpose purpose, String emailHash, Instant now) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO mail_requests AS r (tenant_id, email_hash, kind, requests, counted_from)
                        VALUES (:tenantId, :emailHash, :kind, 1, :now)
                        ON CONFLICT (tenant_id, email_hash, kind) DO UPDATE
                        SET requests = CASE WHEN r.counted_from <= :expired THEN 1 ELSE r.requests + 1 END,
                            counted_from = CASE WHEN r.counted_from <= :expired THEN excluded.counted_from
                                                ELSE r.counted_from END
                        WHERE r.counted_from <= :expired OR r.requests < :maxRequests
                        """)
                        .param("tenantId", tenantId)
                        .param("emailHash", emailHash)
                        .param("kind", purpose.name())
                        .param("now", Sql.timestamp(now))
                        .param("expired", Sql.timestamp(now.minus(REQUESTS_WITHIN)))
                        .param("maxRequests", MAX_REQUESTS)
                        .update()
                == 1;
    }

    /** Keeps the hash of a token; nothing happens where there is no such user. */
    void insert(Transaction tx, UUID tenantId, MailedToken kind, UUID userId, String token, Instant now) {
        tx.jdbc()
                .sql("""
                        INSERT INTO %s (tenant_id, id, user_id, token_hash, expires_at, created_at)
                        SELECT tenant_id, :id, id, :tokenHash, :expiresAt, :now
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :userId
                        """.formatted(kind.table()))
                .param("id", Ids.next())
                .param("tokenHash", SecretTexts.sha256(token))
                .param("expiresAt", Sql.timestamp(now.plus(kind.life())))
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("userId", userId)
                .update();
    }

    /** Whose token it is, while it is good; only {@link #use} decides. */
    Optional<UUID> find(Transaction tx, UUID tenantId, MailedToken kind, String token, Instant now) {
        return tx.jdbc()
                .sql("""
                        SELECT user_id
                        FROM %s
                        WHERE tenant_id = :tenantId AND token_hash = :tokenHash AND expires_at > :now
                        """.formatted(kind.table()))
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .param("now", Sql.timestamp(now))
                .query(UUID.class)
                .optional();
    }

    /** Uses the token up, and says whose it is; nothing if it is unknown, used or expired. */
    Optional<UUID> use(Transaction tx, UUID tenantId, MailedToken kind, String token, Instant now) {
        return tx.jdbc()
                .sql("""
                        DELETE FROM %s
                        WHERE tenant_id = :tenantId AND token_hash = :tokenHash AND expires_at > :now
                        RETURNING user_id
                        """.formatted(kind.table()))
                .param("tenantId", tenantId)
                .param("tokenHash", SecretTexts.sha256(token))
                .param("now", Sql.timestamp(now))
                .query(UUID.class)
                .optional();
    }

    /** Makes all tokens of the user worthless. */
    void forget(Transaction tx, UUID tenantId, MailedToken kind, UUID userId) {
        tx.jdbc()
                .sql("DELETE FROM %s WHERE tenant_id = :tenantId AND user_id = :userId".formatted(kind.table()))
                .param("tenantId", tenantId)
                .param("userId", userId)
                .update();
    }
}

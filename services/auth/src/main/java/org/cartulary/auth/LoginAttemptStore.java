package org.cartulary.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** The SQL that counts log-ins and locks addresses. */
final class LoginAttemptStore {

    static final int MAX_ATTEMPTS = 5;
    static final Duration LOCK = Duration.ofMinutes(15);

    /**
     * Counts an attempt before it is made; the last one that is allowed locks the address until it turns out to be right.
     *
     * @return the how manieth in a row it is, or 0 if the address is locked
     */
    int claim(Transaction tx, UUID tenantId, String emailHash, Instant now) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO login_attempts AS a (tenant_id, email_hash, attempts, last_attempt_at)
                        VALUES (:tenantId, :emailHash, 1, :now)
                        ON CONFLICT (tenant_id, email_hash) DO UPDATE
                        SET attempts = CASE WHEN a.last_attempt_at <= :expired THEN 1 ELSE a.attempts + 1 END,
                            locked_until = CASE WHEN a.last_attempt_at > :expired AND a.attempts + 1 >= :maxAttempts
                                                THEN cast(:lockedUntil AS timestamptz) END,
                            last_attempt_at = excluded.last_attempt_at
                        WHERE a.locked_until IS NULL OR a.locked_until <= :now
                        RETURNING attempts
                        """)
                .param("tenantId", tenantId)
                .param("emailHash", emailHash)
                .param("now", Sql.timestamp(now))
                .param("expired", Sql.timestamp(now.minus(LOCK)))
                .param("lockedUntil", Sql.timestamp(now.plus(LOCK)))
                .param("maxAttempts", MAX_ATTEMPTS)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Until when the address is locked; now where the lock has just been lifted. */
    Instant lockedUntil(Transaction tx, UUID tenantId, String emailHash, Instant now) {
        return tx.jdbc()
                .sql("""
                        SELECT locked_until
                        FROM login_attempts
                        WHERE tenant_id = :tenantId AND email_hash = :emailHash AND locked_until > :now
                        """)
                .param("tenantId", tenantId)
                .param("emailHash", emailHash)
                .param("now", Sql.timestamp(now))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElse(now);
    }

    /** Unlocks the address, for which the right password has been shown. */
    void forget(Transaction tx, UUID tenantId, String emailHash) {
        tx.jdbc()
                .sql("DELETE FROM login_attempts WHERE tenant_id = :tenantId AND email_hash = :emailHash")
                .param("tenantId", tenantId)
                .param("emailHash", emailHash)
                .update();
    }
}

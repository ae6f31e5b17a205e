package org.cartulary.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** The SQL of the sessions behind page sessions: whether they go on, and whose they are. */
final class PageHolderStore {

    /** As often at most the session tells its owner that it was used. */
    static final Duration TOLD_EVERY = Duration.ofMinutes(10);

    /** Who has the session, if it goes on and the account does; its owner is told now and then that it was used. */
    Optional<PageHolder> find(Transaction tx, UUID tenantId, UUID sessionId, Instant now) {
        return tx.jdbc()
                .sql("""
                        WITH told AS (
                            UPDATE user_sessions
                            SET last_used_at = :now
                            WHERE tenant_id = :tenantId AND id = :id AND revoked_at IS NULL AND expires_at > :now
                              AND last_used_at <= :toldBefore)
                        SELECT s.id, s.user_id, u.role, u.person_sealed
                        FROM user_sessions s
                        JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
                        WHERE s.tenant_id = :tenantId AND s.id = :id AND s.revoked_at IS NULL AND s.expires_at > :now
                          AND u.is_active AND u.deleted_at IS NULL
                        """)
                .param("now", Sql.timestamp(now))
                .param("toldBefore", Sql.timestamp(now.minus(TOLD_EVERY)))
                .param("tenantId", tenantId)
                .param("id", sessionId)
                .query((row, number) -> new PageHolder(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getString("role"),
                        row.getString("person_sealed")))
                .optional();
    }
}

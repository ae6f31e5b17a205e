package org.cartulary.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of mails that are to be sent. What they say is sealed, since it holds tokens and addresses. */
final class OutgoingMailStore {

    /**
     * A mail that this node is to send, unless it takes longer than its lease.
     *
     * @param content sealed
     */
    record Taken(UUID tenantId, UUID id, int attempt, String content) {}

    /** What became of a mail, and what it says, sealed, if that is kept. */
    record Listed(
            UUID tenantId,
            UUID id,
            String kind,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant sentAt,
            Instant expiresAt,
            Instant createdAt,
            @Nullable String content) {}

    /**
     * A mail that is to be sent.
     *
     * @param content sealed
     */
    record NewMail(UUID id, UUID userId, String kind, String content, Instant expiresAt) {}

    /** Writes a mail down; nothing happens where there is no such user. */
    void insert(Transaction tx, UUID tenantId, NewMail mail, Instant now) {
        tx.jdbc()
                .sql("""
                        INSERT INTO outgoing_mails (tenant_id, id, user_id, kind, content_encrypted, next_attempt_at,
                                                    expires_at, created_at)
                        SELECT tenant_id, :id, id, :kind, :content, :now, :expiresAt, :now
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :userId
                        """)
                .param("id", mail.id())
                .param("kind", mail.kind())
                .param("content", mail.content())
                .param("now", Sql.timestamp(now))
                .param("expiresAt", Sql.timestamp(mail.expiresAt()))
                .param("tenantId", tenantId)
                .param("userId", mail.userId())
                .update();
    }

    /** Takes up mails of all shops whose time has come; until the lease ends nobody else does. */
    List<Taken> take(Transaction tx, int limit, Duration lease, Instant now) {
        return tx.jdbc()
                .sql("""
                        UPDATE outgoing_mails m
                        SET attempts = attempts + 1, next_attempt_at = :leasedUntil
                        FROM (SELECT tenant_id, id
                              FROM outgoing_mails
                              WHERE sent_at IS NULL AND next_attempt_at <= :now AND expires_at > :now
                              ORDER BY next_attempt_at
                              LIMIT :limit
                              FOR UPDATE SKIP LOCKED) AS due
                        WHERE m.tenant_id = due.tenant_id AND m.id = due.id
                        RETURNING m.tenant_id, m.id, m.attempts, m.content_encrypted
                        """)
                .param("leasedUntil", Sql.timestamp(now.plus(lease)))
                .param("now", Sql.timestamp(now))
                .param("limit", limit)
                .query((row, number) -> new Taken(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getInt("attempts"),
                        row.getString("content_encrypted")))
                .list();
    }

    /** Notes that the mail was sent, whoever has taken it up meanwhile; what it says is erased unless it is kept here. */
    void sent(Transaction tx, Taken taken, boolean keepContent, Instant now) {
        tx.jdbc()
                .sql("""
                        UPDATE outgoing_mails
                        SET sent_at = :now, last_error = NULL,
                            content_encrypted = CASE WHEN :keepContent THEN content_encrypted END
                        WHERE tenant_id = :tenantId AND id = :id AND sent_at IS NULL
                        """)
                .param("now", Sql.timestamp(now))
                .param("keepContent", keepContent)
                .param("tenantId", taken.tenantId())
                .param("id", taken.id())
                .update();
    }

    /** Notes why the mail was not sent, and when it is tried again, unless somebody else has taken it up since. */
    void failed(Transaction tx, Taken taken, String reason, Instant nextAttempt) {
        tx.jdbc()
                .sql("""
                        UPDATE outgoing_mails
                        SET last_error = left(:reason, 200), next_attempt_at = :nextAttempt
                        WHERE tenant_id = :tenantId AND id = :id AND sent_at IS NULL AND attempts = :attempt
                        """)
                .param("reason", reason)
                .param("nextAttempt", Sql.timestamp(nextAttempt))
                .param("tenantId", taken.tenantId())
                .param("id", taken.id())
                .param("attempt", taken.attempt())
                .update();
    }

    /** The newest mails of all shops. */
    List<Listed> newest(Transaction tx, int limit, boolean withContent) {
        return tx.jdbc()
                .sql("""
                        SELECT tenant_id, id, kind, attempts, last_error, sent_at, expires_at, created_at,
                               CASE WHEN :withContent THEN content_encrypted END AS content
                        FROM outgoing_mails
                        ORDER BY created_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("withContent", withContent)
                .param("limit", limit)
                .query((row, number) -> listed(row))
                .list();
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getInt("attempts"),
                row.getString("last_error"),
                instant(row.getObject("sent_at", OffsetDateTime.class)),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("content"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}

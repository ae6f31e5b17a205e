package org.cartulary.auth;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;

/** The SQL that tells what is kept of an account, and that forgets it. */
final class AccountRecordStore {

    /** What hangs on an account and goes with it; what refers to these goes by itself. */
    private static final List<String> TABLES_OF_A_USER =
            List.of("user_sessions", "outgoing_mails", "email_verifications", "password_resets", "second_factors");

    /** No password has this hash. */
    private static final String NO_PASSWORD = "$argon2id$erased";

    /** An account, as JSON without who it is, and who it is, sealed. */
    record Kept(
            StoredPerson person,
            boolean emailVerified,
            String account,
            String sessions,
            String mails,
            String security) {}

    Optional<Kept> find(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT u.id, u.person_sealed, u.email_verified,
                               jsonb_build_object(
                                   'id', u.id, 'role', u.role, 'active', u.is_active, 'emailVerified', u.email_verified,
                                   'emailVerifiedAt', u.email_verified_at, 'lastLoginAt', u.last_login_at,
                                   'createdAt', u.created_at, 'updatedAt', u.updated_at)::text AS account,
                               (SELECT coalesce(jsonb_agg(to_jsonb(s) - 'tenant_id' - 'user_id' ORDER BY s.created_at), '[]')
                                FROM user_sessions s
                                WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id)::text AS sessions,
                               (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                           'id', m.id, 'kind', m.kind, 'createdAt', m.created_at, 'sentAt', m.sent_at,
                                           'attempts', m.attempts) ORDER BY m.created_at), '[]')
                                FROM outgoing_mails m
                                WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id)::text AS mails,
                               jsonb_build_object(
                                   'failedLogIns', (SELECT jsonb_agg(jsonb_build_object(
                                           'attempts', a.attempts, 'lastAttemptAt', a.last_attempt_at,
                                           'lockedUntil', a.locked_until))
                                       FROM login_attempts a
                                       WHERE a.tenant_id = u.tenant_id AND a.email_hash = u.email_index),
                                   'mailRequests', (SELECT jsonb_agg(jsonb_build_object(
                                           'kind', r.kind, 'requests', r.requests, 'countedFrom', r.counted_from))
                                       FROM mail_requests r
                                       WHERE r.tenant_id = u.tenant_id AND r.email_hash = u.email_index),
                                   'emailVerifications', (SELECT jsonb_agg(jsonb_build_object(
                                           'id', v.id, 'createdAt', v.created_at, 'expiresAt', v.expires_at))
                                       FROM email_verifications v
                                       WHERE v.tenant_id = u.tenant_id AND v.user_id = u.id),
                                   'passwordResets', (SELECT jsonb_agg(jsonb_build_object(
                                           'id', p.id, 'createdAt', p.created_at, 'expiresAt', p.expires_at))
                                       FROM password_resets p
                                       WHERE p.tenant_id = u.tenant_id AND p.user_id = u.id),
                                   'secondFactor', (SELECT jsonb_agg(jsonb_build_object(
                                           'createdAt', f.created_at, 'confirmedAt', f.confirmed_at,
                                           'recoveryCodes', (SELECT count(*) FROM recovery_codes c
                                                             WHERE c.tenant_id = f.tenant_id AND c.user_id = f.user_id)))
                                       FROM second_factors f
                                       WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id),
                                   'removedSecondFactors', (SELECT jsonb_agg(jsonb_build_object(
                                           'id', x.id, 'removedAt', x.removed_at, 'reason', x.reason))
                                       FROM second_factor_removals x
                                       WHERE x.tenant_id = u.tenant_id AND x.user_id = u.id))::text AS security
                        FROM users u
                        WHERE u.tenant_id = :tenantId AND u.id = :id AND u.deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("id", userId)
                .query((row, number) -> new Kept(
                        new StoredPerson(row.getObject("id", UUID.class), row.getString("person_sealed")),
                        row.getBoolean("email_verified"),
                        row.getString("account"),
                        row.getString("sessions"),
                        row.getString("mails"),
                        row.getString("security")))
                .optional();
    }

    /** Closes the account and forgets whose it was; answers how many rows that changed. */
    int erase(Transaction tx, UUID tenantId, UUID userId) {
        int rows = 0;
        for (String table : List.of("login_attempts", "mail_requests")) {
            rows += tx.jdbc()
                    .sql("""
                            DELETE FROM %s
                            WHERE tenant_id = :tenantId
                              AND email_hash = (SELECT email_index FROM users WHERE tenant_id = :tenantId AND id = :id)
                            """.formatted(table))
                    .param("tenantId", tenantId)
                    .param("id", userId)
                    .update();
        }
        // First the account, at which whoever logs in meanwhile waits: then no session is opened any more.
        rows += tx.jdbc()
                .sql("""
                        UPDATE users
                        SET is_active = false, deleted_at = coalesce(deleted_at, now()), email_index = NULL,
                            person_sealed = NULL, password_hash = :noPassword, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenantId AND id = :id AND person_sealed IS NOT NULL
                        """)
                .param("noPassword", NO_PASSWORD)
                .param("tenantId", tenantId)
                .param("id", userId)
                .update();
        for (String table : TABLES_OF_A_USER) {
            rows += tx.jdbc()
                    .sql("DELETE FROM %s WHERE tenant_id = :tenantId AND user_id = :id".formatted(table))
                    .param("tenantId", tenantId)
                    .param("id", userId)
                    .update();
        }
        return rows + Idempotency.forget(tx, Principal.Kind.CUSTOMER, userId);
    }
}

package org.cartulary.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of accounts. */
final class UserStore {

    /** Whether the account was created; if not, another one has its e-mail address. */
    boolean insert(Transaction tx, NewUser user) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO users (tenant_id, id, email, password_hash, first_name, last_name, role)
                        VALUES (:tenantId, :id, :email, :passwordHash, :firstName, :lastName, :role)
                        ON CONFLICT (tenant_id, lower(email)) WHERE deleted_at IS NULL DO NOTHING
                        """)
                        .param("tenantId", user.tenantId())
                        .param("id", user.id())
                        .param("email", user.email())
                        .param("passwordHash", user.passwordHash())
                        .param("firstName", user.firstName())
                        .param("lastName", user.lastName())
                        .param("role", user.role())
                        .update()
                == 1;
    }

    @Nullable Credentials findCredentials(Transaction tx, UUID tenantId, String email) {
        return tx.jdbc()
                .sql("""
                        SELECT id, role, password_hash
                        FROM users
                        WHERE tenant_id = :tenantId AND lower(email) = lower(:email) AND deleted_at IS NULL AND is_active
                        """)
                .param("tenantId", tenantId)
                .param("email", email)
                .query((row, number) -> new Credentials(
                        row.getObject("id", UUID.class), row.getString("role"), row.getString("password_hash")))
                .optional()
                .orElse(null);
    }

    Optional<StaffMember> findByEmail(Transaction tx, UUID tenantId, String email) {
        return tx.jdbc()
                .sql("""
                        SELECT id, email, role
                        FROM users
                        WHERE tenant_id = :tenantId AND lower(email) = lower(:email) AND deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("email", email)
                .query((row, number) -> new StaffMember(
                        row.getObject("id", UUID.class), row.getString("email"), row.getString("role"), false))
                .optional();
    }

    /** Whether the log-in counts: the account is still active and has the password that was checked. */
    boolean recordLogin(Transaction tx, UUID tenantId, Credentials credentials, int failures, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE users
                        SET failed_login_count = :failures, last_login_at = :now
                        WHERE tenant_id = :tenantId AND id = :id AND password_hash = :passwordHash
                          AND is_active AND deleted_at IS NULL
                        """)
                        .param("failures", failures)
                        .param("now", Sql.timestamp(now))
                        .param("tenantId", tenantId)
                        .param("id", credentials.userId())
                        .param("passwordHash", credentials.passwordHash())
                        .update()
                == 1;
    }
}

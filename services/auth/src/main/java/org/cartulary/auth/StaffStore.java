package org.cartulary.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of those who work for a shop: support agents and administrators. */
final class StaffStore {

    private static final String STAFF = """
            SELECT u.id, u.person_sealed, u.role, u.invited_at IS NOT NULL AS invited, u.created_at, u.last_login_at,
                   a.locked_until, u.deleted_at, u.version,
                   EXISTS (SELECT FROM second_factors f
                           WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id
                             AND f.confirmed_at IS NOT NULL) AS second_factor
            FROM users u
            LEFT JOIN login_attempts a ON a.tenant_id = u.tenant_id AND a.email_hash = u.email_index
                                      AND u.deleted_at IS NULL AND a.locked_until > :now
            WHERE u.tenant_id = :tenantId AND u.role IN ('SUPPORT', 'ADMIN') AND u.person_sealed IS NOT NULL
            """;

    /** Whoever was invited and has set no password yet runs no shop. */
    private static final String ANOTHER_ADMINISTRATOR = """
            EXISTS (SELECT FROM users other
                    WHERE other.tenant_id = u.tenant_id AND other.id <> u.id AND other.role = 'ADMIN'
                      AND other.is_active AND other.deleted_at IS NULL AND other.invited_at IS NULL)
            """;

    /** Whoever has worked here, the first one first. */
    List<StoredStaff> list(Transaction tx, UUID tenantId, @Nullable UUID after, int limit, Instant now) {
        return tx.jdbc()
                .sql(STAFF + """
                          AND (cast(:after AS uuid) IS NULL OR u.id > cast(:after AS uuid))
                        ORDER BY u.id
                        LIMIT :limit
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("after", after)
                .param("limit", limit)
                .query(StaffStore::stored)
                .list();
    }

    Optional<StoredStaff> find(Transaction tx, UUID tenantId, UUID id, Instant now) {
        return tx.jdbc()
                .sql(STAFF + " AND u.id = :id")
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("id", id)
                .query(StaffStore::stored)
                .optional();
    }

    /** Somebody who had the role under this address until the account was ended. */
    Optional<StaffMember> findEnded(Transaction tx, UUID tenantId, String email, String emailIndex, String role) {
        return tx.jdbc()
                .sql("""
                        SELECT id
                        FROM users
                        WHERE tenant_id = :tenantId AND role IN ('SUPPORT', 'ADMIN') AND role = :role
                          AND email_index = :emailIndex AND deleted_at IS NOT NULL
                        ORDER BY id DESC
                        LIMIT 1
                        """)
                .param("tenantId", tenantId)
                .param("role", role)
                .param("emailIndex", emailIndex)
                .query((row, number) -> new StaffMember(row.getObject("id", UUID.class), email, role, false))
                .optional();
    }

    private static StoredStaff stored(ResultSet row, int number) throws SQLException {
        return new StoredStaff(
                row.getObject("id", UUID.class),
                row.getString("person_sealed"),
                row.getString("role"),
                row.getBoolean("invited"),
                row.getBoolean("second_factor"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_login_at"),
                instant(row, "locked_until"),
                instant(row, "deleted_at"),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Whether the account is there now; if not, another one has its e-mail address. */
    boolean invite(Transaction tx, NewUser user, Instant now) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO users (tenant_id, id, email_index, person_sealed, password_hash, role, invited_at, created_at,
                                           updated_at)
                        VALUES (:tenantId, :id, :emailIndex, :personSealed, :passwordHash, :role, :now, :now, :now)
                        ON CONFLICT (tenant_id, email_index) WHERE deleted_at IS NULL DO NOTHING
                        """)
                        .param("tenantId", user.tenantId())
                        .param("id", user.id())
                        .param("emailIndex", user.emailIndex())
                        .param("personSealed", user.personSealed())
                        .param("passwordHash", user.passwordHash())
                        .param("role", user.role())
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    /** Has all who would take an administrator from the shop take turns, so that each sees whom the one before has left. */
    void lockAdministrators(Transaction tx, UUID tenantId) {
        tx.jdbc().sql("""
                        SELECT id
                        FROM users
                        WHERE tenant_id = :tenantId AND role = 'ADMIN' AND deleted_at IS NULL
                        ORDER BY id
                        FOR NO KEY UPDATE
                        """).param("tenantId", tenantId).query(UUID.class).list();
    }

    /**
     * Whether the member has the role now: it has that version, one of the roles that the caller may deal with, and is not the
     * last administrator.
     */
    boolean changeRole(
            Transaction tx, UUID tenantId, UUID id, long version, String role, Set<String> within, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE users u
                        SET role = :role, version = version + 1, updated_at = :now
                        WHERE u.tenant_id = :tenantId AND u.id = :id AND u.version = :version AND u.deleted_at IS NULL
                          AND u.role = ANY (:within)
                          AND (u.role <> 'ADMIN' OR :role = 'ADMIN' OR u.invited_at IS NOT NULL OR %s)
                        """.formatted(ANOTHER_ADMINISTRATOR))
                        .param("role", role)
                        .param("now", Sql.timestamp(now))
                        .param("tenantId", tenantId)
                        .param("id", id)
                        .param("version", version)
                        .param("within", Sql.textArray(within))
                        .update()
                == 1;
    }

    /** Whether the account is ended by this: it has one of the roles that the caller may deal with, and is not the last administrator. */
    boolean end(Transaction tx, UUID tenantId, UUID id, Set<String> within, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE users u
                        SET is_active = false, deleted_at = :now, version = version + 1, updated_at = :now
                        WHERE u.tenant_id = :tenantId AND u.id = :id AND u.deleted_at IS NULL AND u.role = ANY (:within)
                          AND (u.role <> 'ADMIN' OR u.invited_at IS NOT NULL OR %s)
                        """.formatted(ANOTHER_ADMINISTRATOR))
                        .param("now", Sql.timestamp(now))
                        .param("tenantId", tenantId)
                        .param("id", id)
                        .param("within", Sql.textArray(within))
                        .update()
                == 1;
    }
}

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
                        INSERT INTO users (tenant_id, id, email_index, person_sealed, password_hash, role)
                        VALUES (:tenantId, :id, :emailIndex, :personSealed, :passwordHash, :role)
                        ON CONFLICT (tenant_id, email_index) WHERE deleted_at IS NULL DO NOTHING
                        """)
                        .param("tenantId", user.tenantId())
                        .param("id", user.id())
                        .param("emailIndex", user.emailIndex())
                        .param("personSealed", user.personSealed())
                        .param("passwordHash", user.passwordHash())
                        .param("role", user.role())
                        .update()
                == 1;
    }

    /**
     * Whether the account is there now as it was registered: as a new one, or in place of the same one that nobody has verified.
     * Otherwise the address is somebody's, or another registration was quicker.
     */
    boolean register(Transaction tx, NewUser user, Instant now) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO users (tenant_id, id, email_index, person_sealed, password_hash, role)
                        VALUES (:tenantId, :id, :emailIndex, :personSealed, :passwordHash, :role)
                        ON CONFLICT (tenant_id, email_index) WHERE deleted_at IS NULL DO UPDATE
                        SET person_sealed = excluded.person_sealed, password_hash = excluded.password_hash,
                            version = users.version + 1, updated_at = :now
                        WHERE users.id = excluded.id AND users.role = excluded.role AND users.is_active
                          AND NOT users.email_verified
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

    /** Whom a registration finds at its address. */
    Optional<Registrant> findRegistrant(Transaction tx, UUID tenantId, String emailIndex) {
        return tx.jdbc()
                .sql("""
                        SELECT id, person_sealed, role = 'CUSTOMER' AND is_active AND NOT email_verified AS pending
                        FROM users
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .query((row, number) -> new Registrant(
                        new StoredPerson(row.getObject("id", UUID.class), row.getString("person_sealed")),
                        row.getBoolean("pending")))
                .optional();
    }

    /** Withdraws a registration with the address that nobody has verified: for somebody whose address it is known to be. */
    void withdrawPending(Transaction tx, UUID tenantId, String emailIndex) {
        tx.jdbc()
                .sql("""
                        UPDATE users
                        SET is_active = false, deleted_at = now(), version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL
                          AND role = 'CUSTOMER' AND NOT email_verified
                        """)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .update();
    }

    /** Whether it is still who was read; if so, it stays until the transaction ends. */
    boolean lock(Transaction tx, UUID tenantId, StoredPerson person) {
        return tx.jdbc()
                .sql("""
                        SELECT id
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :id AND person_sealed = :personSealed
                          AND deleted_at IS NULL AND is_active
                        FOR NO KEY UPDATE
                        """)
                .param("tenantId", tenantId)
                .param("id", person.userId())
                .param("personSealed", person.personSealed())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** What somebody shows to log in is compared with; a customer who has not verified the address has nothing to compare. */
    @Nullable Credentials findCredentials(Transaction tx, UUID tenantId, String emailIndex) {
        return tx.jdbc()
                .sql("""
                        SELECT id, role, password_hash,
                               EXISTS (SELECT FROM second_factors f
                                       WHERE f.tenant_id = users.tenant_id AND f.user_id = users.id
                                         AND f.confirmed_at IS NOT NULL) AS second_factor
                        FROM users
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL AND is_active
                          AND (email_verified OR role <> 'CUSTOMER')
                        """)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .query((row, number) -> new Credentials(
                        row.getObject("id", UUID.class),
                        row.getString("role"),
                        row.getString("password_hash"),
                        row.getBoolean("second_factor")))
                .optional()
                .orElse(null);
    }

    /** Who has this address and has not shown yet that it is theirs. */
    Optional<StoredPerson> findUnverified(Transaction tx, UUID tenantId, String emailIndex) {
        return findAccount(tx, tenantId, emailIndex, "AND is_active AND NOT email_verified");
    }

    /** Who has this address and can log in. */
    Optional<StoredPerson> findActive(Transaction tx, UUID tenantId, String emailIndex) {
        return findAccount(tx, tenantId, emailIndex, "AND is_active");
    }

    /** The address as its user wrote it, wherever somebody else writes it otherwise. */
    private static Optional<StoredPerson> findAccount(
            Transaction tx, UUID tenantId, String emailIndex, String condition) {
        return tx.jdbc()
                .sql("""
                        SELECT id, person_sealed
                        FROM users
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL
                        """ + condition)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .query((row, number) ->
                        new StoredPerson(row.getObject("id", UUID.class), row.getString("person_sealed")))
                .optional();
    }

    Optional<StoredPerson> findPerson(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT id, person_sealed
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :id AND deleted_at IS NULL AND is_active
                        """)
                .param("tenantId", tenantId)
                .param("id", userId)
                .query((row, number) ->
                        new StoredPerson(row.getObject("id", UUID.class), row.getString("person_sealed")))
                .optional();
    }

    /** What is kept of the password of somebody who can log in. */
    Optional<String> findPasswordHash(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT password_hash
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :id AND deleted_at IS NULL AND is_active
                        """)
                .param("tenantId", tenantId)
                .param("id", userId)
                .query(String.class)
                .optional();
    }

    /** Whether the password that was compared is still the user's; nobody replaces it before the transaction ends. */
    boolean keepsPassword(Transaction tx, UUID tenantId, UUID userId, String passwordHash) {
        return tx.jdbc()
                .sql("""
                        SELECT id
                        FROM users
                        WHERE tenant_id = :tenantId AND id = :id AND password_hash = :passwordHash
                          AND deleted_at IS NULL AND is_active
                        FOR SHARE
                        """)
                .param("tenantId", tenantId)
                .param("id", userId)
                .param("passwordHash", passwordHash)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** A user whose address has just been verified for the first time. */
    record Verified(String role, long version) {}

    /** The address is the user's; since when is said once. */
    Optional<Verified> markVerified(Transaction tx, UUID tenantId, UUID userId, Instant now) {
        return tx.jdbc()
                .sql("""
                        UPDATE users
                        SET email_verified = true, email_verified_at = :now, version = version + 1, updated_at = :now
                        WHERE tenant_id = :tenantId AND id = :id AND NOT email_verified
                        RETURNING role, version
                        """)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("id", userId)
                .query((row, number) -> new Verified(row.getString("role"), row.getLong("version")))
                .optional();
    }

    /** Sets another password, for somebody who has read a mail to the address. */
    void replacePassword(Transaction tx, UUID tenantId, UUID userId, String passwordHash, Instant now) {
        int replaced = tx.jdbc()
                .sql("""
                        UPDATE users
                        SET password_hash = :passwordHash, failed_login_count = 0, invited_at = NULL,
                            version = version + 1, updated_at = :now
                        WHERE tenant_id = :tenantId AND id = :id
                        """)
                .param("passwordHash", passwordHash)
                .param("now", Sql.timestamp(now))
                .param("tenantId", tenantId)
                .param("id", userId)
                .update();
        if (replaced != 1) {
            throw new IllegalStateException("the user of a password reset is gone");
        }
    }

    /** Whose the address is, and as what; who has only registered with it has it not yet. */
    Optional<StaffMember> findByEmail(Transaction tx, UUID tenantId, String email, String emailIndex) {
        return tx.jdbc()
                .sql("""
                        SELECT id, role
                        FROM users
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL
                          AND (email_verified OR role <> 'CUSTOMER')
                        """)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .query((row, number) ->
                        new StaffMember(row.getObject("id", UUID.class), email, row.getString("role"), false))
                .optional();
    }

    /**
     * Whether the log-in counts: the account is still active and has the password that was checked.
     *
     * @param passwordHash what is kept of the password from now on
     */
    boolean recordLogin(
            Transaction tx, UUID tenantId, Credentials credentials, String passwordHash, int failures, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE users
                        SET failed_login_count = :failures, last_login_at = :now, password_hash = :newHash
                        WHERE tenant_id = :tenantId AND id = :id AND password_hash = :passwordHash
                          AND is_active AND deleted_at IS NULL
                        """)
                        .param("failures", failures)
                        .param("newHash", passwordHash)
                        .param("now", Sql.timestamp(now))
                        .param("tenantId", tenantId)
                        .param("id", credentials.userId())
                        .param("passwordHash", credentials.passwordHash())
                        .update()
                == 1;
    }
}

package org.cartulary.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** The SQL of second factors. */
final class SecondFactorStore {

    /** A kept factor; until it is confirmed it is asked of nobody. */
    record Kept(String secretEncrypted, boolean confirmed) {

        @Override
        public String toString() {
            return "Kept[confirmed=" + confirmed + "]";
        }
    }

    /**
     * Keeps a secret in place of one that was not confirmed; whether there is none that was.
     *
     * @param secretId which secret of the installation has encrypted it
     */
    boolean begin(Transaction tx, UUID tenantId, UUID userId, String secretEncrypted, String secretId, Instant now) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO second_factors AS f (tenant_id, user_id, secret_encrypted, secret_id, created_at)
                        VALUES (:tenantId, :userId, :secret, :secretId, :now)
                        ON CONFLICT (tenant_id, user_id) DO UPDATE
                        SET secret_encrypted = excluded.secret_encrypted, secret_id = excluded.secret_id,
                            created_at = excluded.created_at
                        WHERE f.confirmed_at IS NULL
                        """)
                        .param("tenantId", tenantId)
                        .param("userId", userId)
                        .param("secret", secretEncrypted)
                        .param("secretId", secretId)
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    Optional<Kept> find(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT secret_encrypted, confirmed_at IS NOT NULL AS confirmed
                        FROM second_factors
                        WHERE tenant_id = :tenantId AND user_id = :userId
                        """)
                .param("tenantId", tenantId)
                .param("userId", userId)
                .query((row, number) -> new Kept(row.getString("secret_encrypted"), row.getBoolean("confirmed")))
                .optional();
    }

    /** As {@link #find}; until the transaction ends the job that encrypts anew leaves it as it is. */
    Optional<Kept> lock(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("""
                        SELECT secret_encrypted, confirmed_at IS NOT NULL AS confirmed
                        FROM second_factors
                        WHERE tenant_id = :tenantId AND user_id = :userId
                        FOR NO KEY UPDATE
                        """)
                .param("tenantId", tenantId)
                .param("userId", userId)
                .query((row, number) -> new Kept(row.getString("secret_encrypted"), row.getBoolean("confirmed")))
                .optional();
    }

    /** Whether the factor is confirmed by this, with the secret that the code was compared with. */
    boolean confirm(Transaction tx, UUID tenantId, UUID userId, String secretEncrypted, long step, Instant now) {
        return tx.jdbc()
                        .sql("""
                        UPDATE second_factors
                        SET confirmed_at = :now, last_step = :step
                        WHERE tenant_id = :tenantId AND user_id = :userId AND secret_encrypted = :secret
                          AND confirmed_at IS NULL
                        """)
                        .param("now", Sql.timestamp(now))
                        .param("step", step)
                        .param("tenantId", tenantId)
                        .param("userId", userId)
                        .param("secret", secretEncrypted)
                        .update()
                == 1;
    }

    /** Whether the code of the step counts: neither it nor a later one was used before. */
    boolean useStep(Transaction tx, UUID tenantId, UUID userId, long step) {
        return tx.jdbc()
                        .sql("""
                        UPDATE second_factors
                        SET last_step = :step
                        WHERE tenant_id = :tenantId AND user_id = :userId AND confirmed_at IS NOT NULL
                          AND last_step < :step
                        """)
                        .param("step", step)
                        .param("tenantId", tenantId)
                        .param("userId", userId)
                        .update()
                == 1;
    }

    void insertRecoveryCodes(Transaction tx, UUID tenantId, UUID userId, List<String> hashes, Instant now) {
        tx.jdbc()
                .sql("""
                        INSERT INTO recovery_codes (tenant_id, id, user_id, code_hash, created_at)
                        SELECT :tenantId, code.id, :userId, code.hash, :now
                        FROM unnest(:ids, :hashes) AS code (id, hash)
                        """)
                .param("tenantId", tenantId)
                .param("userId", userId)
                .param("now", Sql.timestamp(now))
                .param("ids", Sql.uuidArray(hashes, hash -> Ids.next()))
                .param("hashes", Sql.textArray(hashes))
                .update();
    }

    /** Whether the code counts; it never does again. */
    boolean useRecoveryCode(Transaction tx, UUID tenantId, UUID userId, String hash) {
        return tx.jdbc()
                        .sql("""
                        DELETE FROM recovery_codes
                        WHERE tenant_id = :tenantId AND user_id = :userId AND code_hash = :hash
                        """)
                        .param("tenantId", tenantId)
                        .param("userId", userId)
                        .param("hash", hash)
                        .update()
                == 1;
    }

    int recoveryCodesLeft(Transaction tx, UUID tenantId, UUID userId) {
        return tx.jdbc()
                .sql("SELECT count(*) FROM recovery_codes WHERE tenant_id = :tenantId AND user_id = :userId")
                .param("tenantId", tenantId)
                .param("userId", userId)
                .query(Integer.class)
                .single();
    }

    /** Drops the secret that no code was shown of. */
    void forgetUnconfirmed(Transaction tx, UUID tenantId, UUID userId) {
        tx.jdbc().sql("""
                        DELETE FROM second_factors
                        WHERE tenant_id = :tenantId AND user_id = :userId AND confirmed_at IS NULL
                        """).param("tenantId", tenantId).param("userId", userId).update();
    }

    /**
     * Removes the factor of somebody who has lost it, and its recovery codes with it, and keeps who did that in the same statement;
     * whether there was one.
     *
     * @param by who removes it
     */
    boolean removeLost(
            Transaction tx, UUID tenantId, String emailIndex, String reason, RequestContext by, Instant now) {
        return tx.jdbc()
                        .sql("""
                        WITH removed AS (
                            DELETE FROM second_factors f
                            USING users u
                            WHERE u.tenant_id = :tenantId AND u.email_index = :emailIndex AND u.deleted_at IS NULL
                              AND f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
                            RETURNING f.tenant_id, f.user_id)
                        INSERT INTO second_factor_removals (tenant_id, id, user_id, principal_kind, principal_id, trace_id,
                                                            reason, removed_at)
                        SELECT tenant_id, :id, user_id, :principalKind, :principalId, :traceId, :reason, :now
                        FROM removed
                        """)
                        .param("tenantId", tenantId)
                        .param("emailIndex", emailIndex)
                        .param("id", Ids.next())
                        .param("principalKind", by.principal().kind().name())
                        .param("principalId", by.principal().id())
                        .param("traceId", by.traceId())
                        .param("reason", reason)
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    /** Removes the factor, and its recovery codes with it. */
    void remove(Transaction tx, UUID tenantId, UUID userId) {
        tx.jdbc()
                .sql("DELETE FROM second_factors WHERE tenant_id = :tenantId AND user_id = :userId")
                .param("tenantId", tenantId)
                .param("userId", userId)
                .update();
    }
}

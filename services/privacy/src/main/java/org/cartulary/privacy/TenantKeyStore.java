package org.cartulary.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of the keys of shops. */
final class TenantKeyStore {

    /**
     * The key that wraps new ones. Until the transaction ends nobody supersedes it, so that a rotation, which looks for what
     * the old key wraps, misses nothing that was under way.
     */
    Optional<TenantKey> lockCurrent(Transaction tx, UUID tenantId) {
        return tx.jdbc()
                .sql("""
                        SELECT version, wrapped_key
                        FROM tenant_keys
                        WHERE tenant_id = :tenantId AND state = 'current'
                        FOR SHARE
                        """)
                .param("tenantId", tenantId)
                .query((row, number) -> new TenantKey(row.getInt("version"), row.getString("wrapped_key")))
                .optional();
    }

    /** The key that wraps new ones, before it is superseded by whoever gets its lock first. */
    Optional<TenantKey> lockForRotation(Transaction tx, UUID tenantId) {
        return tx.jdbc()
                .sql("""
                        SELECT version, wrapped_key
                        FROM tenant_keys
                        WHERE tenant_id = :tenantId AND state = 'current'
                        FOR UPDATE
                        """)
                .param("tenantId", tenantId)
                .query((row, number) -> new TenantKey(row.getInt("version"), row.getString("wrapped_key")))
                .optional();
    }

    /** A key that is not retired. */
    TenantKey find(Transaction tx, UUID tenantId, int version) {
        return tx.jdbc()
                .sql("SELECT version, wrapped_key FROM tenant_keys WHERE tenant_id = :tenantId AND version = :version")
                .param("tenantId", tenantId)
                .param("version", version)
                .query((row, number) -> new TenantKey(row.getInt("version"), row.getString("wrapped_key")))
                .single();
    }

    /**
     * Whether this transaction made it the current key; if not, another one has made one, or a version of that number.
     *
     * @param secretId that of the secret that wraps it
     */
    boolean insertCurrent(Transaction tx, UUID tenantId, TenantKey key, String secretId) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO tenant_keys (tenant_id, version, wrapped_key, secret_id)
                                VALUES (:tenantId, :version, :wrappedKey, :secretId)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("tenantId", tenantId)
                        .param("version", key.version())
                        .param("wrappedKey", key.wrappedKey())
                        .param("secretId", secretId)
                        .update()
                == 1;
    }

    /** Whether it was the current key, which it is no more. Waits for those who wrap by it. */
    boolean supersede(Transaction tx, UUID tenantId, int version) {
        return tx.jdbc()
                        .sql("""
                                UPDATE tenant_keys
                                SET state = 'superseded', superseded_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND version = :version AND state = 'current'
                                """)
                        .param("tenantId", tenantId)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Whether the superseded key was destroyed: nothing is wrapped by it any more. */
    boolean retire(Transaction tx, UUID tenantId, int version) {
        return tx.jdbc()
                        .sql("""
                                UPDATE tenant_keys t
                                SET state = 'retired', wrapped_key = NULL, secret_id = NULL, retired_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND version = :version AND state = 'superseded'
                                  AND NOT EXISTS (SELECT FROM subject_keys k
                                                  WHERE k.tenant_id = t.tenant_id AND k.tenant_key_version = t.version)
                                """)
                        .param("tenantId", tenantId)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** In the order in which keys are wrapped anew. */
    record Place(UUID tenantId, int version) {}

    /** A key as it is wrapped; {@code secretId} is {@code null} where nobody has looked by what. */
    record Wrapped(
            UUID tenantId,
            int version,
            String wrappedKey,
            @Nullable String secretId) {

        Place place() {
            return new Place(tenantId, version);
        }

        @Override
        public String toString() {
            return "Wrapped[tenantId=" + tenantId + ", version=" + version + "]";
        }
    }

    /** What becomes of it. */
    record Rewrapped(Wrapped key, String wrappedKey, String secretId) {

        /** Whether there is anything to write. */
        boolean isChange() {
            return !wrappedKey.equals(key.wrappedKey()) || !secretId.equals(key.secretId());
        }

        @Override
        public String toString() {
            return "Rewrapped[" + key + "]";
        }
    }

    /** The first key that was ever made, of those that are not retired. */
    Optional<Wrapped> oldest(Transaction tx) {
        return tx.jdbc().sql("""
                        SELECT tenant_id, version, wrapped_key, secret_id
                        FROM tenant_keys
                        WHERE wrapped_key IS NOT NULL
                        ORDER BY created_at, tenant_id, version
                        LIMIT 1
                        """).query((row, number) -> wrapped(row)).optional();
    }

    /** Whether any key says on which secret it hangs: a version that keeps a root has written or seen it. */
    boolean isAnyLabelled(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM tenant_keys WHERE secret_id IS NOT NULL)")
                .query(Boolean.class)
                .single();
    }

    /** Some keys of all shops, behind the place, that are not known to be wrapped by the secret. */
    List<Wrapped> notWrappedBy(Transaction tx, String secretId, Place after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT tenant_id, version, wrapped_key, secret_id
                        FROM tenant_keys
                        WHERE wrapped_key IS NOT NULL AND secret_id IS DISTINCT FROM :secretId
                          AND (tenant_id, version) > (:tenantId, :version)
                        ORDER BY tenant_id, version
                        LIMIT :limit
                        """)
                .param("secretId", secretId)
                .param("tenantId", after.tenantId())
                .param("version", after.version())
                .param("limit", limit)
                .query((row, number) -> wrapped(row))
                .list();
    }

    /** Has the keys wrapped by other secrets; what was retired or wrapped anew meanwhile stays as it is. */
    int rewrap(Transaction tx, List<Rewrapped> keys) {
        return tx.jdbc()
                .sql("""
                        UPDATE tenant_keys k
                        SET wrapped_key = n.wrapped_key, secret_id = n.secret_id
                        FROM unnest(:tenantIds, :versions, :old, :wrappedKeys, :secretIds)
                             AS n (tenant_id, version, old, wrapped_key, secret_id)
                        WHERE k.tenant_id = n.tenant_id AND k.version = n.version AND k.wrapped_key = n.old
                        """)
                .param(
                        "tenantIds",
                        Sql.uuidArray(keys, rewrapped -> rewrapped.key().tenantId()))
                .param(
                        "versions",
                        Sql.intArray(keys, rewrapped -> rewrapped.key().version()))
                .param("old", Sql.textArray(keys, rewrapped -> rewrapped.key().wrappedKey()))
                .param("wrappedKeys", Sql.textArray(keys, Rewrapped::wrappedKey))
                .param("secretIds", Sql.textArray(keys, Rewrapped::secretId))
                .update();
    }

    /** How many keys, and whether the root of the indexes, hang on which secret. */
    List<SecretUse> uses(Transaction tx) {
        return tx.jdbc()
                .sql("""
                        SELECT 'tenant-keys' AS kind, coalesce(secret_id, :notLookedAt) AS secret_id, count(*) AS count
                        FROM tenant_keys
                        WHERE wrapped_key IS NOT NULL
                        GROUP BY secret_id
                        UNION ALL
                        SELECT 'index-root', secret_id, 1 FROM index_root
                        ORDER BY kind, secret_id
                        """)
                .param("notLookedAt", SecretUse.NOT_LOOKED_AT)
                .query((row, number) ->
                        new SecretUse(row.getString("kind"), row.getString("secret_id"), row.getLong("count")))
                .list();
    }

    private static Wrapped wrapped(ResultSet row) throws SQLException {
        return new Wrapped(
                row.getObject("tenant_id", UUID.class),
                row.getInt("version"),
                row.getString("wrapped_key"),
                row.getString("secret_id"));
    }
}

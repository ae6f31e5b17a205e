package org.cartulary.privacy;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;

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

    /** Whether this transaction made it the current key; if not, another one has made one, or a version of that number. */
    boolean insertCurrent(Transaction tx, UUID tenantId, TenantKey key) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO tenant_keys (tenant_id, version, wrapped_key)
                                VALUES (:tenantId, :version, :wrappedKey)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("tenantId", tenantId)
                        .param("version", key.version())
                        .param("wrappedKey", key.wrappedKey())
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
                                SET state = 'retired', wrapped_key = NULL, retired_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND version = :version AND state = 'superseded'
                                  AND NOT EXISTS (SELECT FROM subject_keys k
                                                  WHERE k.tenant_id = t.tenant_id AND k.tenant_key_version = t.version)
                                """)
                        .param("tenantId", tenantId)
                        .param("version", version)
                        .update()
                == 1;
    }
}

package org.cartulary.auth;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.ApiKeyOwner;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Hands out API keys and finds whose they are. Thread-safe. */
final class ApiKeys {

    private static final String KEY_PREFIX = "ck_";

    private final Database database;
    private final Clock clock;

    ApiKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A key with its text, which is shown once and kept nowhere. */
    record NewKey(UUID id, String key, @Nullable Instant expiresAt) {

        @Override
        public String toString() {
            return "NewKey[id=" + id + "]";
        }
    }

    /**
     * Creates a key of the current tenant.
     *
     * @param life how long it admits, or {@code null} for ever
     */
    NewKey create(String name, Set<String> permissions, @Nullable Duration life) {
        return keep("api-key.created", Ids.next(), name, permissions, life);
    }

    /**
     * Gives the integration of this name a new key, and takes the one before from it. Its identity stays the same, so what
     * it has done under its idempotency keys is remembered.
     *
     * @param life how long the key admits, or {@code null} for ever
     */
    NewKey renew(String integration, Set<String> permissions, @Nullable Duration life) {
        UUID id = UUID.nameUUIDFromBytes(
                (RequestContext.currentTenant() + "/" + integration).getBytes(StandardCharsets.UTF_8));
        return keep("api-key.renewed", id, integration, permissions, life);
    }

    private NewKey keep(String action, UUID id, String name, Set<String> permissions, @Nullable Duration life) {
        Instant now = clock.instant();
        Instant expiresAt = life == null ? null : now.plus(life);
        NewKey key = new NewKey(id, SecretTexts.next(KEY_PREFIX), expiresAt);
        RequestContext context = RequestContext.current();
        int inserted = database.inTransaction(tx -> {
            int written = tx.jdbc()
                    .sql("""
                        INSERT INTO api_keys (tenant_id, id, name, key_hash, permissions, created_by, expires_at, created_at)
                        VALUES (:tenantId, :id, :name, :keyHash, :permissions, :createdBy,
                                cast(:expiresAt AS timestamptz), :createdAt)
                        ON CONFLICT (tenant_id, id) DO UPDATE
                        SET key_hash = excluded.key_hash, permissions = excluded.permissions,
                            created_by = excluded.created_by, expires_at = excluded.expires_at, revoked_at = NULL,
                            created_at = excluded.created_at
                        """)
                    .param("tenantId", context.tenantId())
                    .param("id", key.id())
                    .param("name", name)
                    .param("keyHash", SecretTexts.sha256(key.key()))
                    .param("permissions", Sql.textArray(permissions))
                    .param("createdBy", context.principal().id())
                    .param("expiresAt", expiresAt == null ? null : Sql.timestamp(expiresAt))
                    .param("createdAt", Sql.timestamp(now))
                    .update();
            AuditLog.record(tx, AuditedAct.of(action, "api-key", id).with("permissions", permissions));
            return written;
        });
        if (inserted != 1) {
            throw new IllegalStateException("the API key was not kept");
        }
        return key;
    }

    /** Whether the current tenant has this key; from now on it admits nobody. */
    boolean revoke(UUID id) {
        return database.inTransaction(tx -> {
            Optional<Boolean> revokedNow = tx.jdbc()
                    .sql("""
                            UPDATE api_keys
                            SET revoked_at = coalesce(revoked_at, :now)
                            WHERE tenant_id = :tenantId AND id = :id
                            RETURNING revoked_at = :now
                            """)
                    .param("now", Sql.timestamp(clock.instant()))
                    .param("tenantId", RequestContext.currentTenant())
                    .param("id", id)
                    .query(Boolean.class)
                    .optional();
            if (revokedNow.orElse(false)) {
                AuditLog.record(tx, AuditedAct.of("api-key.revoked", "api-key", id));
            }
            return revokedNow.isPresent();
        });
    }

    /** Whose key has the hash. Asked before the tenant is known, so it looks at all tenants' keys. */
    Optional<ApiKeyOwner> find(String sha256) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        SELECT id, tenant_id, name, permissions, expires_at
                        FROM api_keys
                        WHERE key_hash = :keyHash AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)
                        """)
                .param("keyHash", sha256)
                .param("now", Sql.timestamp(clock.instant()))
                .query(ApiKeys::owner)
                .optional());
    }

    private static ApiKeyOwner owner(ResultSet row, int number) throws SQLException {
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return new ApiKeyOwner(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("name"),
                Set.of((String[]) row.getArray("permissions").getArray()),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}

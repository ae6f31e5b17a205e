package org.cartulary.tenant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of tenants. */
final class TenantStore {

    private final JsonMapper json;

    TenantStore(JsonMapper json) {
        this.json = json;
    }

    Optional<Tenant> find(Transaction tx, UUID id) {
        return tx.jdbc().sql("""
                        SELECT t.*, ARRAY(SELECT h.host FROM tenant_hosts h WHERE h.tenant_id = t.id ORDER BY h.host) AS hosts
                        FROM tenants t
                        WHERE t.id = :id
                        """).param("id", id).query(this::tenant).optional();
    }

    Tenant findByName(Transaction tx, String name) {
        return tx.jdbc().sql("""
                        SELECT t.*, ARRAY(SELECT h.host FROM tenant_hosts h WHERE h.tenant_id = t.id ORDER BY h.host) AS hosts
                        FROM tenants t
                        WHERE t.name = :name
                        """).param("name", name).query(this::tenant).single();
    }

    Optional<Tenant> findByHost(Transaction tx, String host) {
        return tx.jdbc().sql("""
                        SELECT t.*, ARRAY(SELECT h.host FROM tenant_hosts h WHERE h.tenant_id = t.id ORDER BY h.host) AS hosts
                        FROM tenant_hosts asked
                        JOIN tenants t ON t.id = asked.tenant_id
                        WHERE asked.host = :host
                        """).param("host", host).query(this::tenant).optional();
    }

    List<Tenant> list(Transaction tx, @Nullable String name, @Nullable String after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT t.*, ARRAY(SELECT h.host FROM tenant_hosts h WHERE h.tenant_id = t.id ORDER BY h.host) AS hosts
                        FROM tenants t
                        WHERE (cast(:name AS text) IS NULL OR t.name = :name)
                          AND (cast(:after AS text) IS NULL OR t.name > :after)
                        ORDER BY t.name
                        LIMIT :limit
                        """)
                .param("name", name)
                .param("after", after)
                .param("limit", limit)
                .query(this::tenant)
                .list();
    }

    /** Whether the tenant was created; if not, there is one of this name. */
    boolean insert(Transaction tx, UUID id, CreateTenant command) {
        return tx.jdbc()
                        .sql("""
                        INSERT INTO tenants (id, name, display_name, settings)
                        VALUES (:id, :name, :displayName, :settings)
                        ON CONFLICT (name) DO NOTHING
                        """)
                        .param("id", id)
                        .param("name", command.name())
                        .param("displayName", command.displayName())
                        .param("settings", Sql.json(json.writeValueAsString(command.settings())))
                        .update()
                == 1;
    }

    /** How many of the host names were free and now lead to the tenant. */
    int insertHosts(Transaction tx, UUID tenantId, List<String> hosts) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO tenant_hosts (host, tenant_id)
                        SELECT asked.host, :tenantId
                        FROM unnest(cast(:hosts AS text[])) AS asked (host)
                        ORDER BY asked.host
                        ON CONFLICT (host) DO NOTHING
                        """)
                .param("tenantId", tenantId)
                .param("hosts", Sql.textArray(hosts))
                .update();
    }

    /** Whether the tenant had this version, and now has these settings. */
    boolean updateSettings(Transaction tx, UUID id, long version, TenantSettings settings) {
        return tx.jdbc()
                        .sql("""
                        UPDATE tenants
                        SET settings = :settings, version = version + 1, updated_at = now()
                        WHERE id = :id AND version = :version
                        """)
                        .param("settings", Sql.json(json.writeValueAsString(settings)))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Whether the tenant had this version, and now is called so. */
    boolean rename(Transaction tx, UUID id, long version, String displayName) {
        return tx.jdbc()
                        .sql("""
                        UPDATE tenants
                        SET display_name = :displayName, version = version + 1, updated_at = now()
                        WHERE id = :id AND version = :version
                        """)
                        .param("displayName", displayName)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    void deleteOtherHosts(Transaction tx, UUID tenantId, List<String> hosts) {
        tx.jdbc()
                .sql("DELETE FROM tenant_hosts WHERE tenant_id = :tenantId AND host <> ALL (:hosts)")
                .param("tenantId", tenantId)
                .param("hosts", Sql.textArray(hosts))
                .update();
    }

    /**
     * Opens or suspends the tenant, and notes who did it and why; nothing where it is so already.
     *
     * @return whether there was anything to change
     */
    boolean setActive(Transaction tx, UUID id, boolean active, UUID changeId, StateChange change) {
        return tx.jdbc()
                        .sql("""
                        WITH changed AS (
                            UPDATE tenants
                            SET is_active = :active, version = version + 1, updated_at = now()
                            WHERE id = :id AND is_active <> :active
                            RETURNING id
                        )
                        INSERT INTO tenant_state_changes
                            (tenant_id, id, is_active, reason, principal_kind, principal_id, trace_id)
                        SELECT c.id, :changeId, :active, :reason, current_setting('app.principal_kind'),
                            nullif(current_setting('app.principal_id'), '')::uuid, :traceId
                        FROM changed c
                        """)
                        .param("id", id)
                        .param("active", active)
                        .param("changeId", changeId)
                        .param("reason", change.reason())
                        .param("traceId", RequestContext.current().traceId())
                        .update()
                == 1;
    }

    /** Settings that were stored before a part of them existed have its default. */
    private TenantSettings settings(String stored) {
        return json.readValue(stored, SettingsChange.class).appliedToDefaults();
    }

    private static TenantPlacement placement(ResultSet row) throws SQLException {
        String kind = row.getString("placement");
        return switch (kind) {
            case "shared" -> TenantPlacement.SHARED;
            case "schema" -> new TenantPlacement(TenantPlacement.Kind.SCHEMA, row.getString("schema_name"));
            case "shard" -> new TenantPlacement(TenantPlacement.Kind.SHARD, row.getString("shard"));
            default -> throw new IllegalStateException("an unknown placement is stored: " + kind);
        };
    }

    private Tenant tenant(ResultSet row, int number) throws SQLException {
        return new Tenant(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("display_name"),
                row.getBoolean("is_active"),
                List.of((String[]) row.getArray("hosts").getArray()),
                settings(row.getString("settings")),
                placement(row),
                row.getLong("version"));
    }
}

package org.cartulary.tenant;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds, creates and changes tenants. Look-ups happen at every request, before its tenant is known: they run as the worker
 * and are remembered for a few seconds. Thread-safe.
 */
final class TenantDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(TenantDirectory.class);

    private final Database database;
    private final TenantStore store;
    private final ShortLivedCache<UUID, Tenant> byId;
    private final ShortLivedCache<String, Tenant> byHost;

    TenantDirectory(Database database, JsonMapper json, Clock clock) {
        this.database = database;
        this.store = new TenantStore(json);
        this.byId = new ShortLivedCache<>(clock);
        this.byHost = new ShortLivedCache<>(clock);
    }

    Optional<Tenant> find(UUID id) {
        return byId.get(id, key -> database.asWorker(tx -> store.find(tx, key)));
    }

    /** The tenant of a host name in lower case, suspended or not. */
    Optional<Tenant> findByHost(String host) {
        return byHost.get(host, key -> database.asWorker(tx -> store.findByHost(tx, key)));
    }

    /** The tenants in the order of their names, those after the given one. */
    List<Tenant> list(@Nullable String name, @Nullable String after, int limit) {
        return database.asWorker(tx -> store.list(tx, name, after, limit));
    }

    CreateTenantResult create(CreateTenant command) {
        SettingsRules.requireValid(command.settings(), "/settings");
        List<String> hosts = normal(command.hosts());
        UUID id = Ids.next();
        CreateTenantResult result = database.asWorker(tx -> {
            if (!store.insert(tx, id, command)) {
                return new CreateTenantResult.NameTaken(store.findByName(tx, command.name()));
            }
            if (store.insertHosts(tx, id, hosts) != hosts.size()) {
                throw hostTaken();
            }
            AuditLog.record(tx, id, AuditedAct.of("tenant.created", "tenant", id));
            return new CreateTenantResult.Created(store.find(tx, id).orElseThrow());
        });
        forgetAnswers();
        return result;
    }

    /**
     * Changes the settings of the bound tenant.
     *
     * @throws ProblemException 412 if the version is not the one named; 422 if the settings would be wrong
     */
    Tenant changeSettings(long version, SettingsChange change) {
        UUID id = RequestContext.currentTenant();
        Tenant changed = database.inTransaction(tx -> {
            Tenant tenant = store.find(tx, id).orElseThrow(TenantDirectory::unknown);
            TenantSettings settings = change.appliedTo(tenant.settings());
            SettingsRules.requireValid(settings, "");
            if (!store.updateSettings(tx, id, version, settings)) {
                throw ETags.stale();
            }
            AuditLog.record(
                    tx, AuditedAct.of("tenant.settings-changed", "tenant", id).with("version", version + 1));
            return store.find(tx, id).orElseThrow(TenantDirectory::unknown);
        });
        forgetAnswers();
        return changed;
    }

    /**
     * Changes what the bound tenant is called and how it is reached.
     *
     * @throws ProblemException 412 if the version is not the one named; 409 if a host name leads to another tenant
     */
    Tenant change(long version, TenantChange change) {
        UUID id = RequestContext.currentTenant();
        List<String> hosts = normal(change.hosts());
        Tenant changed = database.inTransaction(tx -> {
            if (!store.rename(tx, id, version, change.displayName())) {
                throw store.find(tx, id).isPresent() ? ETags.stale() : unknown();
            }
            store.deleteOtherHosts(tx, id, hosts);
            store.insertHosts(tx, id, hosts);
            Tenant tenant = store.find(tx, id).orElseThrow();
            if (tenant.hosts().size() != hosts.size()) {
                throw hostTaken();
            }
            AuditLog.record(tx, AuditedAct.of("tenant.changed", "tenant", id).with("version", version + 1));
            return tenant;
        });
        forgetAnswers();
        return changed;
    }

    /**
     * Suspends the bound tenant, or opens it again; of two who do the same at once one does it. Whatever is to be told of
     * such decisions elsewhere is told from here.
     */
    Tenant setActive(boolean active, StateChange why) {
        UUID id = RequestContext.currentTenant();
        Tenant changed = database.inTransaction(tx -> {
            if (store.setActive(tx, id, active, Ids.next(), why)) {
                LOG.info("the tenant {} is {}", id, active ? "active again" : "suspended");
                AuditLog.record(tx, AuditedAct.of(active ? "tenant.activated" : "tenant.suspended", "tenant", id));
            }
            return store.find(tx, id).orElseThrow(TenantDirectory::unknown);
        });
        forgetAnswers();
        return changed;
    }

    private static List<String> normal(List<String> hosts) {
        return hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static ProblemException hostTaken() {
        return ProblemException.conflict("host-taken", "one of the host names leads to another tenant");
    }

    static ProblemException unknown() {
        return ProblemException.notFound("tenant-not-found", "there is no such tenant");
    }

    private void forgetAnswers() {
        byId.clear();
        byHost.clear();
    }
}

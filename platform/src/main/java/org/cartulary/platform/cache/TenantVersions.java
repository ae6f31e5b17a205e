package org.cartulary.platform.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows of the versions of its tenants' data: numbers that the database raises in each transaction that
 * changes what answers are made of ({@code raise_versions_of}). Two answers of the same version say the same.
 *
 * <ul>
 *   <li>What this process commits is known at once: whoever asks after the commit looks into the database.
 *   <li>What other processes commit is known after half a second, because this one looks that often while it is asked: one
 *       statement for all tenants that were asked for lately.
 *   <li>Where that look has not succeeded for {@value #LONGEST_UNSEEN_SECONDS} s, whoever asks looks, and fails if that fails. So
 *       nothing is ever taken for current that was not so {@value #LONGEST_UNSEEN_SECONDS} s before it was asked for.
 * </ul>
 *
 * Thread-safe.
 */
public final class TenantVersions implements AutoCloseable {

    static final int LONGEST_UNSEEN_SECONDS = 2;

    private static final Duration LOOK_EVERY = Duration.ofMillis(400);
    private static final long LONGEST_UNSEEN = TimeUnit.SECONDS.toNanos(LONGEST_UNSEEN_SECONDS);

    /** How long after it was asked for a tenant is still looked after. */
    private static final long IN_USE = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(TenantVersions.class);

    private final Database database;
    private final String table;
    private final Ticker ticker;
    private final Map<UUID, Known> tenants = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor;

    /**
     * Begins to look.
     *
     * @param table the table of versions, such as {@code catalog_versions}: {@code tenant_id, version, raised_in, changed_at}
     */
    public TenantVersions(Database database, String table) {
        this(database, table, LOOK_EVERY, Ticker.systemTicker());
    }

    TenantVersions(Database database, String table, Duration lookEvery, Ticker ticker) {
        this.database = database;
        this.table = table;
        this.ticker = ticker;
        this.executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("versions-" + database.service())
                .factory());
        database.afterEveryCommit(this::committed);
        // Nobody waits for it; what it throws it logs itself.
        var _ = executor.scheduleWithFixedDelay(
                this::lookAfterThoseInUse, lookEvery.toNanos(), lookEvery.toNanos(), TimeUnit.NANOSECONDS);
    }

    Database database() {
        return database;
    }

    /** What was seen of a tenant by a look that began then. */
    private record Seen(long version, long begun) {}

    /** What is known of one tenant. */
    private static final class Known {

        private volatile @Nullable Seen seen;

        /** When this process last committed something of the tenant; looks that began before may have missed it. */
        private volatile long committed;

        private volatile long asked;

        Known(long now) {
            committed = now;
            asked = now;
        }

        /** The version, unless a look is due. */
        @Nullable Long fresh(long now) {
            Seen last = seen;
            return last != null && last.begun() - committed > 0 && now - last.begun() < LONGEST_UNSEEN
                    ? last.version()
                    : null;
        }

        synchronized void committedAt(long now) {
            if (now - committed > 0) {
                committed = now;
            }
        }

        /**
         * Notes what a look has seen, whichever of several ends last.
         *
         * @return the version; it never goes back, because the database's does not
         */
        synchronized long noted(long version, long begun) {
            Seen last = seen;
            seen = last == null
                    ? new Seen(version, begun)
                    : new Seen(Math.max(version, last.version()), begun - last.begun() > 0 ? begun : last.begun());
            return seen.version();
        }
    }

    /**
     * The current tenant's version. What is read from the database after this call is at least as new as the version.
     *
     * @throws IllegalStateException if a transaction is open on this thread
     * @throws org.springframework.dao.DataAccessException if a look is due and fails
     */
    public long current() {
        Database.requireNoTransaction("a look for the versions of " + database.service());
        UUID tenantId = RequestContext.currentTenant();
        long now = ticker.read();
        Known known = tenants.computeIfAbsent(tenantId, missing -> new Known(now));
        known.asked = now;
        Long version = known.fresh(now);
        return version == null ? look(known, tenantId) : version;
    }

    private long look(Known known, UUID tenantId) {
        long begun = ticker.read();
        long version = database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT version FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenantId)
                .query(Long.class)
                .optional()
                .orElse(0L));
        return known.noted(version, begun);
    }

    private void committed(UUID tenantId) {
        Known known = tenants.get(tenantId);
        if (known != null) {
            known.committedAt(ticker.read());
        }
    }

    private void lookAfterThoseInUse() {
        long begun = ticker.read();
        List<UUID> inUse = tenants.entrySet().stream()
                .filter(tenant -> begun - tenant.getValue().asked < IN_USE)
                .map(Map.Entry::getKey)
                .toList();
        if (inUse.isEmpty()) {
            return;
        }
        try {
            Map<UUID, Long> versions = versionsOf(inUse);
            for (UUID tenantId : inUse) {
                Known known = tenants.get(tenantId);
                if (known != null) {
                    known.noted(versions.getOrDefault(tenantId, 0L), begun);
                }
            }
        } catch (Throwable failure) {
            // The next look may succeed, which there would not be if the executor saw this. Until then requests look.
            LOG.warn("the versions of {} cannot be seen: {}", database.service(), String.valueOf(failure));
        }
    }

    private Map<UUID, Long> versionsOf(List<UUID> tenantIds) {
        Map<UUID, Long> versions = new HashMap<>();
        database.asWorkerEverywhere(tx -> versionsOf(tx, tenantIds)).forEach(versions::putAll);
        return versions;
    }

    private Map<UUID, Long> versionsOf(Transaction tx, List<UUID> tenantIds) {
        Map<UUID, Long> versions = new HashMap<>();
        tx.jdbc()
                .sql("SELECT tenant_id, version FROM " + table + " WHERE tenant_id = ANY (:tenants)")
                .param("tenants", Sql.uuidArray(tenantIds))
                .query(row -> {
                    versions.put(row.getObject("tenant_id", UUID.class), row.getLong("version"));
                });
        return versions;
    }

    /** Looks no more; whoever asks later looks by itself. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

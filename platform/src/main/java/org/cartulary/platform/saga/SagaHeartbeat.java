package org.cartulary.platform.saga;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases alive of the sagas that this process runs in one database: by one statement a beat, and only for those
 * that have not been prolonged for some seconds, so that ordinary sagas cost nothing. Its thread lives while sagas run.
 * Thread-safe.
 */
final class SagaHeartbeat {

    /** How often it beats. */
    static final Duration BEAT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SagaHeartbeat.class);

    /** One a database; it refers to its database only while it runs sagas, so that a closed one can go. */
    private static final Map<Database, SagaHeartbeat> OF_DATABASES = Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<HeldLease> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final Duration beat;

    SagaHeartbeat(Duration beat) {
        this.beat = beat;
    }

    /** The heartbeat of this process for the database. */
    static SagaHeartbeat of(Database database) {
        return OF_DATABASES.computeIfAbsent(database, one -> new SagaHeartbeat(BEAT));
    }

    /** Keeps the lease alive until {@link #end}. */
    void begin(Database database, HeldLease held) {
        running.add(held);
        beatWhileNeeded(database);
    }

    /** The saga is not run any more. */
    void end(HeldLease held) {
        running.remove(held);
    }

    private void beatWhileNeeded(Database database) {
        if (beating.compareAndSet(false, true)) {
            Thread.ofVirtual().name("saga-heartbeat-" + database.service()).start(() -> beat(database));
        }
    }

    private void beat(Database database) {
        try {
            while (!running.isEmpty()) {
                Thread.sleep(beat);
                renew(database);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            beating.set(false);
        }
        // One that began after the last look, while this thread still counted as beating, has nobody else.
        if (!running.isEmpty()) {
            beatWhileNeeded(database);
        }
    }

    private void renew(Database database) {
        List<HeldLease> due =
                running.stream().filter(held -> held.isOlderThan(beat)).toList();
        if (due.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        try {
            Set<SagaStore.Lease> renewed = renew(database, due);
            for (HeldLease held : due) {
                if (renewed.contains(held.lease())) {
                    held.renewed(now);
                } else {
                    held.lose();
                }
            }
        } catch (Throwable e) {
            LOG.warn("the leases of {} sagas of {} were not prolonged", due.size(), database.service(), e);
        }
    }

    private static Set<SagaStore.Lease> renew(Database database, Collection<HeldLease> due) {
        List<SagaStore.Lease> leases = due.stream().map(HeldLease::lease).toList();
        return new HashSet<>(database.asWorker(tx -> tx.jdbc()
                .sql("""
                        UPDATE saga_instances s
                        SET lease_until = clock_timestamp()
                            + make_interval(secs => cast(h.millis AS double precision) / 1000)
                        FROM unnest(cast(:tenantIds AS uuid[]), cast(:sagaIds AS uuid[]), cast(:owners AS uuid[]),
                                    cast(:tokens AS bigint[]), cast(:millis AS bigint[]))
                             AS h (tenant_id, saga_id, owner, token, millis)
                        WHERE s.tenant_id = h.tenant_id AND s.saga_id = h.saga_id
                          AND s.lease_owner = h.owner AND s.lease_token = h.token
                        RETURNING s.tenant_id, s.saga_id, s.lease_owner, s.lease_token
                        """)
                .param("tenantIds", Sql.uuidArray(leases, SagaStore.Lease::tenantId))
                .param("sagaIds", Sql.uuidArray(leases, SagaStore.Lease::sagaId))
                .param("owners", Sql.uuidArray(leases, SagaStore.Lease::owner))
                .param("tokens", Sql.longArray(leases, SagaStore.Lease::token))
                .param("millis", Sql.longArray(due, held -> held.length().toMillis()))
                .query((row, number) -> new SagaStore.Lease(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("saga_id", UUID.class),
                        row.getObject("lease_owner", UUID.class),
                        row.getLong("lease_token")))
                .list()));
    }
}

package org.cartulary.customer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the statistics built again beside those that are shown, compares the two, and shows the new ones. Whatever was done is
 * stored, so that any node goes on where another one stopped. Thread-safe.
 */
final class RebuildingStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildingStatistics.class);

    private final Database database;
    private final RebuildStore store;

    RebuildingStatistics(Database database, RebuildStore store) {
        this.database = database;
        this.store = store;
    }

    /** The rebuild that is under way from now on; one that is under way already is not begun again. */
    Rebuild request() {
        Optional<Rebuild> rebuild = Optional.empty();
        while (rebuild.isEmpty()) {
            UUID id = Ids.next();
            // The one that was in the way may have come to its end since: then the next attempt begins.
            rebuild = database.asWorker(tx -> {
                if (!store.begin(tx, id)) {
                    return store.running(tx);
                }
                Optional<Rebuild> begun = store.find(tx, id);
                AuditLog.record(tx, AuditedAct.of("projection.rebuild-requested", "rebuild", id));
                return begun;
            });
        }
        return rebuild.get();
    }

    Optional<Rebuild> find(UUID id) {
        return database.asWorker(tx -> store.find(tx, id));
    }

    /**
     * Shows the generation that is built, if it has read as far as the one that is shown.
     *
     * @return whether it is shown now
     */
    boolean finish() {
        return database.asWorker(this::finish);
    }

    private boolean finish(Transaction tx) {
        List<Generation> both = store.lockBoth(tx);
        if (both.size() < 2
                || !both.getFirst().checkpoint().equals(both.getLast().checkpoint())) {
            return false;
        }
        Generation live = in(Generation.State.LIVE, both);
        Generation built = in(Generation.State.BUILDING, both);
        RebuildStore.Checksum old = store.checksum(tx, live.number());
        RebuildStore.Checksum rebuilt = store.checksum(tx, built.number());
        store.switchOver(tx, live, old, built, rebuilt);
        tx.afterCommit(() -> report(old, rebuilt));
        return true;
    }

    private static Generation in(Generation.State state, List<Generation> both) {
        return both.stream()
                .filter(generation -> generation.state() == state)
                .findFirst()
                .orElseThrow();
    }

    private static void report(RebuildStore.Checksum old, RebuildStore.Checksum rebuilt) {
        if (old.equals(rebuilt)) {
            LOG.info("the statistics of customers were rebuilt and are what they were: {}", rebuilt);
        } else {
            LOG.warn("the statistics of customers were wrong and are rebuilt: {} instead of {}", rebuilt, old);
        }
    }

    /** Deletes what was replaced. */
    void deleteReplaced() {
        database.asWorker(tx -> {
            store.deleteReplaced(tx);
            return true;
        });
    }
}

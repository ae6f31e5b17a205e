package org.cartulary.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has everything wrapped by the secret that the installation uses now: the keys of shops and the root of the blind indexes. What hangs on
 * which secret is seen in the rows, so that a run that is killed anywhere is gone on with by the next, on any node, and what a process
 * that still uses another secret writes meanwhile is found by the run after that. What is retired or wrapped anew meanwhile stays as it is.
 * Thread-safe.
 */
final class RewrappingKeys {

    /** Small: who makes keys in a shop waits for the page in which its key is. */
    static final int PAGE = 50;

    private static final UUID NOTHING = new UUID(0, 0);
    private static final Logger LOG = LoggerFactory.getLogger(RewrappingKeys.class);

    private final Database database;
    private final MasterKey master;
    private final IndexRootStore root = new IndexRootStore();
    private final TenantKeyStore tenantKeys = new TenantKeyStore();

    /** The job comes by twice a minute. */
    private final AtomicBoolean hasTold = new AtomicBoolean();

    RewrappingKeys(Database database, MasterKey master) {
        this.database = database;
        this.master = master;
    }

    /** Wraps anew whatever is left. The root last: that it hangs on another secret is noted whenever it changes. */
    void run() {
        Optional<TenantKeyStore.Place> place = Optional.of(new TenantKeyStore.Place(NOTHING, 0));
        while (place.isPresent()) {
            // Each page is its own transaction: between two, whoever waits for one of its rows goes on.
            place = rewrapPage(place.get());
        }
        rewrapRoot();
    }

    /** Wraps anew what comes next; where the page ended, if there may be more. */
    Optional<TenantKeyStore.Place> rewrapPage(TenantKeyStore.Place after) {
        return database.asWorker(tx -> {
            List<TenantKeyStore.Wrapped> page = tenantKeys.notWrappedBy(tx, master.secretId(), after, PAGE);
            List<String> unreadable = new ArrayList<>();
            tenantKeys.rewrap(
                    tx,
                    page.stream()
                            .map(key -> rewrapped(key, unreadable))
                            .filter(TenantKeyStore.Rewrapped::isChange)
                            .toList());
            if (!unreadable.isEmpty() && hasTold.compareAndSet(false, true)) {
                LOG.error("{} keys are left as they are; the first: {}", unreadable.size(), unreadable.getFirst());
            }
            return page.size() < PAGE
                    ? Optional.empty()
                    : Optional.of(page.getLast().place());
        });
    }

    /** What cannot be read holds up no other; verify tells of it until somebody names its secret. */
    private TenantKeyStore.Rewrapped rewrapped(TenantKeyStore.Wrapped key, List<String> unreadable) {
        try {
            return new TenantKeyStore.Rewrapped(
                    key, master.rewrapTenantKey(key.tenantId(), key.version(), key.wrappedKey()), master.secretId());
        } catch (UnknownSecretException unknown) {
            unreadable.add(String.valueOf(unknown.getMessage()));
            return new TenantKeyStore.Rewrapped(
                    key, key.wrappedKey(), Objects.requireNonNullElse(key.secretId(), SecretUse.UNKNOWN));
        }
    }

    private void rewrapRoot() {
        database.<Boolean>asWorker(tx -> {
            IndexRootStore.Kept kept = root.find(tx).orElse(null);
            if (kept == null || kept.secretId().equals(master.secretId())) {
                return false;
            }
            boolean isDone = root.rewrap(tx, kept, master.rewrap(kept.root()), master.secretId());
            if (isDone) {
                AuditLog.record(
                        tx,
                        AuditedAct.of("installation-secret.changed", "installation-secret", NOTHING)
                                .with("from", kept.secretId())
                                .with("to", master.secretId()));
                LOG.info(
                        "The keys of this service hang on the secret {} now, no more on {}",
                        master.secretId(),
                        kept.secretId());
            }
            return isDone;
        });
    }

    /** What hangs on which secret. */
    List<SecretUse> uses() {
        return database.asWorker(tenantKeys::uses);
    }
}

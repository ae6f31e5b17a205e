package org.cartulary.privacy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.WrappedSubjectKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the key of a shop while it is in use. The new key is made and the old one superseded in one transaction, which waits
 * for those who wrap by the old one; then everything that the old one wraps is wrapped anew, a small page a transaction, and the
 * old one is destroyed when nothing is left. What has been done is seen in the rows themselves, so that a run that is killed
 * anywhere is gone on with by the next, on any node. The keys of people stay what they are, and nothing that they sealed is
 * written. Thread-safe.
 */
final class RotatingKeys {

    static final int PAGE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(RotatingKeys.class);

    private final Database database;
    private final MasterKey master;
    private final TenantKeyStore tenantKeys = new TenantKeyStore();
    private final SubjectKeyStore subjectKeys = new SubjectKeyStore();
    private final RotationStore rotations = new RotationStore();

    RotatingKeys(Database database, MasterKey master) {
        this.database = database;
        this.master = master;
    }

    /** Starts to change the key of the current tenant; where that is under way already, it is that. */
    KeyRotation start() {
        UUID tenantId = RequestContext.currentTenant();
        String by = caller(RequestContext.current().principal());
        return database.inTransaction(
                tx -> rotations.findRunning(tx, tenantId).orElseGet(() -> begin(tx, tenantId, by)));
    }

    private KeyRotation begin(Transaction tx, UUID tenantId, String by) {
        TenantKey old = tenantKeys.lockForRotation(tx, tenantId).orElseGet(() -> {
            TenantKey first = new TenantKey(1, master.newTenantKey(tenantId, 1));
            tenantKeys.insertCurrent(tx, tenantId, first, master.secretId());
            return tenantKeys.lockForRotation(tx, tenantId).orElse(first);
        });
        // Who asked at the same time held the key's lock, and has begun it.
        Optional<KeyRotation> meanwhile = rotations.findRunning(tx, tenantId);
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        int next = old.version() + 1;
        if (!tenantKeys.supersede(tx, tenantId, old.version())
                || !tenantKeys.insertCurrent(
                        tx, tenantId, new TenantKey(next, master.newTenantKey(tenantId, next)), master.secretId())) {
            throw new IllegalStateException("the key of the shop " + tenantId + " changed though it was locked");
        }
        UUID id = Ids.next();
        rotations.insert(tx, tenantId, id, old.version(), next, by);
        KeyRotation begun = rotations.find(tx, tenantId, id).orElseThrow();
        AuditLog.record(tx, AuditedAct.of("key-rotation.started", "key-rotation", id));
        return begun;
    }

    Optional<KeyRotation> find(UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> rotations.find(tx, tenantId, id));
    }

    /** Goes on with the rotations of all shops, until they are done. What is wrong in one shop holds up no other. */
    void run() {
        RuntimeException failure = null;
        for (RotationStore.Running rotation : database.asWorker(rotations::running)) {
            try {
                finish(rotation);
            } catch (RuntimeException e) {
                LOG.error("the rotation {} of the shop {} cannot go on", rotation.id(), rotation.tenantId(), e);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void finish(RotationStore.Running rotation) {
        boolean more;
        do {
            // Each page is its own transaction: between two, whoever waits for one of its rows goes on.
            more = rewrapPage(rotation);
        } while (more);
        database.<Boolean>asWorker(tx -> {
            boolean retired = tenantKeys.retire(tx, rotation.tenantId(), rotation.fromVersion());
            if (retired) {
                rotations.finish(tx, rotation);
            }
            return retired;
        });
    }

    /** Whether there was anything left to wrap anew. */
    boolean rewrapPage(RotationStore.Running rotation) {
        return database.asWorker(tx -> {
            List<WrappedSubjectKey> page = subjectKeys.wrappedBy(tx, rotation.tenantId(), rotation.fromVersion(), PAGE);
            if (page.isEmpty()) {
                return false;
            }
            TenantKey to = tenantKeys.find(tx, rotation.tenantId(), rotation.toVersion());
            List<String> wrapped = page.stream()
                    .map(key -> master.rewrap(rotation.tenantId(), key, to.version(), to.wrappedKey()))
                    .toList();
            int rewrapped = subjectKeys.rewrap(
                    tx,
                    rotation.tenantId(),
                    rotation.fromVersion(),
                    to.version(),
                    page.stream().map(WrappedSubjectKey::id).toList(),
                    wrapped);
            rotations.count(tx, rotation, rewrapped);
            return true;
        });
    }

    private static String caller(Principal principal) {
        return principal.kind() + ":" + principal.id();
    }
}

package org.cartulary.privacy;

import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.WrappedIndexRoot;
import org.cartulary.platform.secrets.UnknownSecretException;

/**
 * Makes the root of the blind indexes, once for ever. Installations that have keys of shops already have indexes as well, which were
 * derived from the secret that wraps these keys: their root is what they were derived from. A process makes it when it starts, before
 * it makes any key of a shop, so that who finds none makes the root of an installation that is new. Thread-safe.
 */
final class KeepingIndexRoot {

    private final Database database;
    private final MasterKey master;
    private final IndexRootStore store = new IndexRootStore();
    private final TenantKeyStore tenantKeys = new TenantKeyStore();

    KeepingIndexRoot(Database database, MasterKey master) {
        this.database = database;
        this.master = master;
    }

    /**
     * The root as it is wrapped now. Not within a transaction.
     *
     * @throws IllegalStateException if there was one and is none
     */
    WrappedIndexRoot obtain() {
        return kept().root();
    }

    private IndexRootStore.Kept kept() {
        return database.asWorker(tx -> store.find(tx).orElseGet(() -> made(tx)));
    }

    /** Keys name a secret only after there is a root: one that is made now would be another than the one that is lost. */
    private IndexRootStore.Kept made(Transaction tx) {
        if (tenantKeys.isAnyLabelled(tx)) {
            // Whoever was first has made it since we looked, or it is lost.
            return store.find(tx).orElseThrow(KeepingIndexRoot::lost);
        }
        WrappedIndexRoot made = tenantKeys
                .oldest(tx)
                .map(key -> master.indexRootOf(key.tenantId(), key.version(), key.wrappedKey()))
                .orElseGet(master::newIndexRoot);
        store.insert(tx, made, master.secretId());
        // That of whoever was first.
        return store.find(tx).orElseThrow();
    }

    private static IllegalStateException lost() {
        return new IllegalStateException(
                "the root of the indexes is lost: restore privacy_db, whose table index_root is empty, from a"
                        + " backup; without it nobody is found by their address");
    }

    /**
     * Makes it where there is none, and makes sure that this process can read what the service keeps, before it does anything.
     *
     * @throws IllegalStateException if there was one and is none
     * @throws UnknownSecretException if it does not know the secret on which that hangs; it says which that is
     */
    void requireReadable() {
        IndexRootStore.Kept kept = kept();
        if (!master.secrets().ids().contains(kept.secretId())) {
            throw new UnknownSecretException("the root of the indexes", kept.secretId(), master.secrets());
        }
        master.requireUnwraps(kept.root());
    }
}

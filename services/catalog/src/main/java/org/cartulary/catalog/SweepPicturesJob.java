package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileStore;

/**
 * Deletes pictures that no product shows any more, a day after they were sent, and files that nothing refers to, an hour after somebody
 * was about to write them. A file is deleted while its row is locked, so that whoever needs the same one again waits, and then writes it
 * once more. Thread-safe.
 */
final class SweepPicturesJob {

    private static final int AT_ONCE = 200;

    private static final String UNSHOWN = """
            k.created_at < now() - interval '1 day' AND NOT EXISTS (
                SELECT FROM product_images i WHERE i.tenant_id = k.tenant_id AND i.picture_id = k.id)""";

    private static final String UNNEEDED = """
            f.claimed_at < now() - interval '1 hour' AND NOT EXISTS (
                SELECT FROM picture_sizes s WHERE s.tenant_id = f.tenant_id AND s.content_hash = f.content_hash)""";

    private final Database database;
    private final FileStore files;

    SweepPicturesJob(Database database, FileStore files) {
        this.database = database;
        this.files = files;
    }

    private record OwnedFile(UUID tenantId, ContentHash hash) {}

    /** Sweeps everything that can be swept now. */
    void sweep() {
        int swept;
        do {
            swept = database.asWorker(tx -> tx.jdbc()
                    .sql("DELETE FROM product_pictures k WHERE (k.tenant_id, k.id) IN (SELECT k.tenant_id, k.id"
                            + " FROM product_pictures k WHERE " + UNSHOWN + " LIMIT " + AT_ONCE + ") AND " + UNSHOWN)
                    .update());
        } while (swept == AT_ONCE);
        List<OwnedFile> unneeded;
        do {
            unneeded = unneeded();
            unneeded.forEach(this::delete);
        } while (unneeded.size() == AT_ONCE);
    }

    private List<OwnedFile> unneeded() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT f.tenant_id, f.content_hash FROM picture_files f WHERE " + UNNEEDED + " LIMIT " + AT_ONCE)
                .query((row, number) -> new OwnedFile(
                        row.getObject("tenant_id", UUID.class), new ContentHash(row.getString("content_hash"))))
                .list());
    }

    private void delete(OwnedFile file) {
        database.asWorker(tx -> {
            boolean deleted = tx.jdbc()
                            .sql(
                                    "DELETE FROM picture_files f WHERE f.tenant_id = :tenant AND f.content_hash = :hash AND "
                                            + UNNEEDED)
                            .param("tenant", file.tenantId())
                            .param("hash", file.hash().hex())
                            .update()
                    == 1;
            if (deleted) {
                files.delete(file.tenantId(), file.hash());
            }
            return deleted;
        });
    }
}

package org.cartulary.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.files.FilesUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes pictures that no product shows any more, a day after they were sent, and files that nothing refers to, an hour after somebody
 * was about to write them. A file is deleted while its row is locked, so that whoever needs the same one again waits, and then writes it
 * once more. What killed processes have left half written goes, too. Thread-safe.
 */
final class SweepPicturesJob {

    private static final Logger LOG = LoggerFactory.getLogger(SweepPicturesJob.class);
    private static final int AT_ONCE = 200;
    private static final Duration OLD_DRAFT = Duration.ofHours(1);
    private static final UUID BEFORE_ALL = new UUID(0, 0);

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

    /**
     * Sweeps everything that can be swept now.
     *
     * @throws IllegalStateException at the end, where files could not be deleted
     */
    void sweep() {
        int swept;
        do {
            swept = database.asWorker(tx -> tx.jdbc()
                    .sql("DELETE FROM product_pictures k WHERE (k.tenant_id, k.id) IN (SELECT k.tenant_id, k.id"
                            + " FROM product_pictures k WHERE " + UNSHOWN + " LIMIT " + AT_ONCE + ") AND " + UNSHOWN)
                    .update());
        } while (swept == AT_ONCE);
        int undeleted = 0;
        OwnedFile last = new OwnedFile(BEFORE_ALL, new ContentHash("0".repeat(64)));
        List<OwnedFile> unneeded;
        do {
            unneeded = unneededAfter(last);
            for (OwnedFile file : unneeded) {
                last = file;
                undeleted += isDeleted(file) ? 0 : 1;
            }
        } while (unneeded.size() == AT_ONCE);
        files.discardDrafts(Instant.now().minus(OLD_DRAFT));
        if (undeleted > 0) {
            throw new IllegalStateException(undeleted + " files that nothing needs could not be deleted");
        }
    }

    /** One that cannot be deleted now stays, with its row, and is none of the others' business. */
    private boolean isDeleted(OwnedFile file) {
        try {
            delete(file);
            return true;
        } catch (FilesUnavailableException e) {
            LOG.warn("the file {} of tenant {} cannot be deleted", file.hash().hex(), file.tenantId(), e);
            return false;
        }
    }

    private List<OwnedFile> unneededAfter(OwnedFile last) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT f.tenant_id, f.content_hash FROM picture_files f WHERE " + UNNEEDED
                        + " AND (f.tenant_id, f.content_hash) > (:tenant, :hash)"
                        + " ORDER BY f.tenant_id, f.content_hash LIMIT " + AT_ONCE)
                .param("tenant", last.tenantId())
                .param("hash", last.hash().hex())
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

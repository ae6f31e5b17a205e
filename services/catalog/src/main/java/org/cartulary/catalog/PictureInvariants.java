package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds of pictures and their files. Thread-safe. */
final class PictureInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "images-show-pictures-of-their-product",
                    "an image shows a picture that was sent for its product, under the picture's address",
                    "product_images i JOIN product_pictures k ON k.tenant_id = i.tenant_id AND k.id = i.picture_id",
                    "k.product_id <> i.product_id OR i.url <> '/api/v1/store/images/' || k.id || '/800'",
                    "format('image %s of tenant %s shows picture %s', i.id, i.tenant_id, k.id)"),
            new SqlInvariant(
                    "pictures-have-all-sizes",
                    "a picture can be fetched in each size",
                    "(SELECT k.tenant_id, k.id, (SELECT count(*) FROM picture_sizes s"
                            + " WHERE s.tenant_id = k.tenant_id AND s.picture_id = k.id) AS sizes"
                            + " FROM product_pictures k) k",
                    "k.sizes <> 4",
                    "format('picture %s of tenant %s has %s sizes', k.id, k.tenant_id, k.sizes)"));

    private static final int AT_ONCE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final FileStore files;

    PictureInvariants(Database database, FileStore files) {
        this.database = database;
        this.files = files;
    }

    private record NeededFile(UUID tenantId, ContentHash hash) {}

    /** Reads each file that a picture needs. */
    InvariantResult check() {
        long checked = 0;
        List<String> broken = new ArrayList<>();
        NeededFile last = new NeededFile(BEFORE_ALL, new ContentHash("0".repeat(64)));
        List<NeededFile> page;
        do {
            page = after(last);
            for (NeededFile file : page) {
                checked++;
                last = file;
                if (!isThere(file) && isNeeded(file)) {
                    broken.add("file " + file.hash().hex() + " of tenant " + file.tenantId());
                }
            }
        } while (page.size() == AT_ONCE);
        return new InvariantResult(
                database.service(),
                "pictures-have-their-files",
                "each size of a picture has its file, with the content of its hash",
                checked,
                broken.size(),
                broken.stream().limit(InvariantResult.MAX_EXAMPLES).toList());
    }

    private boolean isThere(NeededFile file) {
        return files.read(file.tenantId(), file.hash())
                .map(content -> ContentHash.of(content).equals(file.hash()))
                .orElse(false);
    }

    /** It may have been swept since the page was read. */
    private boolean isNeeded(NeededFile file) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM picture_sizes WHERE tenant_id = :tenant AND content_hash = :hash)")
                .param("tenant", file.tenantId())
                .param("hash", file.hash().hex())
                .query(Boolean.class)
                .single());
    }

    private List<NeededFile> after(NeededFile last) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT DISTINCT s.tenant_id, s.content_hash FROM picture_sizes s
                        WHERE (s.tenant_id, s.content_hash) > (:tenant, :hash)
                        ORDER BY s.tenant_id, s.content_hash LIMIT :limit
                        """)
                .param("tenant", last.tenantId())
                .param("hash", last.hash().hex())
                .param("limit", AT_ONCE)
                .query((row, number) -> new NeededFile(
                        row.getObject("tenant_id", UUID.class), new ContentHash(row.getString("content_hash"))))
                .list());
    }
}

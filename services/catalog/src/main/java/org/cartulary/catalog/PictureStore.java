package org.cartulary.catalog;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Which pictures there are, and which files they need. Thread-safe. */
final class PictureStore {

    static final int MAX_IMAGES = 50;

    private final Database database;

    PictureStore(Database database) {
        this.database = database;
    }

    /**
     * A picture in one size: where its file is, and what it is.
     *
     * @param length in bytes
     */
    record Served(ContentHash hash, String mediaType, long length) {}

    /** Says that these files are about to be written, so that they are not swept for an hour. As the platform, whose files they are. */
    void claim(List<RenderedPicture> sizes) {
        RequestContext.current()
                .asSystem()
                .run(() -> database.inTransaction(tx -> tx.jdbc()
                        .sql("""
                                INSERT INTO picture_files (tenant_id, content_hash, byte_size)
                                SELECT DISTINCT :tenant::uuid, g.hash, g.bytes
                                FROM unnest(:hashes, :bytes) AS g (hash, bytes)
                                ORDER BY 2
                                ON CONFLICT (tenant_id, content_hash) DO UPDATE SET claimed_at = now()
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param(
                                "hashes",
                                Sql.textArray(sizes, size -> size.hash().hex()))
                        .param("bytes", Sql.intArray(sizes, size -> size.content().length))
                        .update()));
    }

    /**
     * Adds a picture, whose files are there, to a product of the caller's, as its last image. The same that was sent before is the same
     * picture, and stays where it is.
     *
     * @param primary whether it takes the place of the primary image; the first image has it in any case
     * @throws ProblemException 404 {@code product-not-found} where the caller can write no such product; 422 {@code too-many-images}
     */
    UUID add(
            UUID productId,
            ContentHash upload,
            List<RenderedPicture> sizes,
            @Nullable String altText,
            boolean primary) {
        return database.inTransaction(tx -> {
            // The product's row is the lock of its images: two new ones follow each other.
            if (!raiseVersion(tx, productId)) {
                throw WritingProducts.notFound();
            }
            UUID id = picture(tx, productId, upload);
            insertSizes(tx, id, sizes);
            if (primary) {
                giveUpPrimary(tx, productId, id);
            }
            if (!isShown(tx, productId, id, altText, primary) && !show(tx, productId, id, altText, primary)) {
                throw ProblemException.unprocessable(
                        "too-many-images", "a product has at most " + MAX_IMAGES + " images");
            }
            AuditLog.record(
                    tx, AuditedAct.of("product.changed", "product", productId).with("picture", id));
            return id;
        });
    }

    private static boolean raiseVersion(Transaction tx, UUID productId) {
        return tx.jdbc()
                        .sql("UPDATE products SET version = version + 1, updated_at = now()"
                                + " WHERE tenant_id = :tenant AND id = :product AND deleted_at IS NULL")
                        .param("tenant", RequestContext.currentTenant())
                        .param("product", productId)
                        .update()
                == 1;
    }

    /** What is there already is made anew as far as sweeping goes, which waits until it is shown. */
    private static UUID picture(Transaction tx, UUID productId, ContentHash upload) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO product_pictures (tenant_id, id, product_id, upload_hash)
                        VALUES (:tenant, :id, :product, :upload)
                        ON CONFLICT (tenant_id, product_id, upload_hash) DO UPDATE SET created_at = now()
                        RETURNING id
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("product", productId)
                .param("upload", upload.hex())
                .query(UUID.class)
                .single();
    }

    private static void insertSizes(Transaction tx, UUID id, List<RenderedPicture> sizes) {
        tx.jdbc()
                .sql("""
                        INSERT INTO picture_sizes (tenant_id, picture_id, size, width, height, media_type, content_hash)
                        SELECT :tenant, :picture, g.size, g.width, g.height, g.type, g.hash
                        FROM unnest(:sizes, :widths, :heights, :types, :hashes) AS g (size, width, height, type, hash)
                        ON CONFLICT (tenant_id, picture_id, size) DO NOTHING
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("picture", id)
                .param("sizes", Sql.intArray(sizes, RenderedPicture::size))
                .param("widths", Sql.intArray(sizes, RenderedPicture::width))
                .param("heights", Sql.intArray(sizes, RenderedPicture::height))
                .param("types", Sql.textArray(sizes, RenderedPicture::mediaType))
                .param("hashes", Sql.textArray(sizes, size -> size.hash().hex()))
                .update();
    }

    private static void giveUpPrimary(Transaction tx, UUID productId, UUID picture) {
        tx.jdbc()
                .sql("""
                        UPDATE product_images SET is_primary = false
                        WHERE tenant_id = :tenant AND product_id = :product AND is_primary
                            AND picture_id IS DISTINCT FROM :picture
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .param("picture", picture)
                .update();
    }

    private static boolean isShown(
            Transaction tx, UUID productId, UUID picture, @Nullable String altText, boolean primary) {
        return tx.jdbc()
                        .sql("""
                                UPDATE product_images SET alt_text = coalesce(:alt, alt_text), is_primary = is_primary OR :primary
                                WHERE tenant_id = :tenant AND product_id = :product AND picture_id = :picture
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("product", productId)
                        .param("picture", picture)
                        .param("alt", altText, Types.VARCHAR)
                        .param("primary", primary)
                        .update()
                > 0;
    }

    /** Where pictures that were sent are shown, in some size; a regular expression. */
    static final String ADDRESSES = "/api/v1/store/images/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,4}";

    /** Where a picture is shown, in the size that products are shown with. */
    static String address(UUID picture) {
        return "/api/v1/store/images/" + picture + "/800";
    }

    private static boolean show(
            Transaction tx, UUID productId, UUID picture, @Nullable String altText, boolean primary) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO product_images
                                    (tenant_id, id, product_id, url, alt_text, is_primary, sort_order, picture_id)
                                SELECT :tenant, :id, :product, :url, :alt,
                                    :primary OR coalesce(NOT bool_or(i.is_primary), true),
                                    coalesce(max(i.sort_order) + 1, 0), :picture
                                FROM product_images i
                                WHERE i.tenant_id = :tenant AND i.product_id = :product
                                HAVING count(*) < :most
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", Ids.next())
                        .param("product", productId)
                        .param("url", address(picture))
                        .param("picture", picture)
                        .param("alt", altText, Types.VARCHAR)
                        .param("primary", primary)
                        .param("most", MAX_IMAGES)
                        .update()
                == 1;
    }

    /** Where the picture of the shop in this size is. */
    Optional<Served> find(UUID picture, int size) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT s.content_hash, s.media_type, f.byte_size
                        FROM picture_sizes s
                        JOIN picture_files f ON f.tenant_id = s.tenant_id AND f.content_hash = s.content_hash
                        WHERE s.tenant_id = :tenant AND s.picture_id = :picture AND s.size = :size
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("picture", picture)
                .param("size", size)
                .query((row, number) -> new Served(
                        new ContentHash(row.getString("content_hash")),
                        row.getString("media_type"),
                        row.getLong("byte_size")))
                .optional());
    }
}

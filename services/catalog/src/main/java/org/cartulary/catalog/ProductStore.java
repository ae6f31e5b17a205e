package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.catalog.ProductView.Relations;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Products. Thread-safe. */
final class ProductStore {

    /** The outcome where only the database knows that the price to compare with is too low, and nothing is written. */
    static final String COMPARE_AT_PRICE_TOO_LOW = "compare-at-price-too-low";

    private static final String PRODUCT = """
            SELECT p.id, p.sku, p.slug, p.type, p.name, p.description, p.short_description, p.price, p.currency,
                p.compare_at_price, p.weight, p.tax_category, p.tags, p.status, p.is_featured, p.vendor_id, p.version, p.created_at,
                p.updated_at,
                json_build_object(
                    'dimensions', p.dimensions,
                    'attributes', p.attributes,
                    'category', CASE WHEN c.id IS NOT NULL
                        THEN json_build_object('id', c.id, 'name', c.name, 'slug', c.slug) END,
                    'brand', CASE WHEN b.id IS NOT NULL
                        THEN json_build_object('id', b.id, 'name', b.name, 'slug', b.slug) END,
                    'manufacturer', CASE WHEN m.id IS NOT NULL
                        THEN json_build_object('id', m.id, 'name', m.name, 'slug', m.slug) END,
                    'images', (
                        SELECT coalesce(json_agg(json_build_object(
                            'id', i.id, 'url', i.url, 'altText', i.alt_text, 'primary', i.is_primary)
                            ORDER BY i.sort_order), '[]')
                        FROM product_images i WHERE i.tenant_id = p.tenant_id AND i.product_id = p.id),
                    'specifications', (
                        SELECT coalesce(json_agg(json_build_object(
                            'name', a.attribute_name, 'value', a.attribute_value, 'type', a.attribute_type)
                            ORDER BY a.sort_order), '[]')
                        FROM product_attributes a WHERE a.tenant_id = p.tenant_id AND a.product_id = p.id)
                ) AS relations
            FROM products p
            LEFT JOIN categories c ON c.tenant_id = p.tenant_id AND c.id = p.category_id
            LEFT JOIN brands b ON b.tenant_id = p.tenant_id AND b.id = p.brand_id
            LEFT JOIN manufacturers m ON m.tenant_id = p.tenant_id AND m.id = p.manufacturer_id
            WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL
            """;

    private final Database database;
    private final JsonMapper json;

    ProductStore(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What became of a product of a batch; {@code id} is null where nothing was written. */
    record Written(int ordinal, @Nullable UUID id, String outcome) {}

    /** A product to write: a new one gets the id. */
    record Identified(UUID id, ProductDraft draft) {}

    /**
     * Creates or changes the products by sku, all or none.
     *
     * @param overwrite whether products that exist are changed
     */
    List<Written> upsert(List<Identified> products, boolean overwrite) {
        return refusingPrices(
                () -> database.inTransaction(tx -> upsert(tx, products, overwrite)),
                () -> List.of(new Written(0, null, COMPARE_AT_PRICE_TOO_LOW)));
    }

    /** As {@link #upsert(List, boolean)}, in the caller's transaction, which fails if a price to compare with is too low. */
    List<Written> upsert(Transaction tx, List<Identified> products, boolean overwrite) {
        ArrayNode batch = json.createArrayNode();
        for (int i = 0; i < products.size(); i++) {
            Identified product = products.get(i);
            ObjectNode content = json.valueToTree(product.draft());
            content.set(
                    "images",
                    json.valueToTree(ImageDraft.identified(product.draft().images())));
            batch.addObject()
                    .put("ordinal", i)
                    .put("id", product.id().toString())
                    .set("product", content);
        }
        List<Written> written = tx.jdbc()
                .sql("SELECT ordinal, product_id, outcome FROM upsert_products(:batch, :overwrite) ORDER BY ordinal")
                .param("batch", Sql.json(json.writeValueAsString(batch)))
                .param("overwrite", overwrite)
                .query((row, number) -> new Written(
                        row.getInt("ordinal"), row.getObject("product_id", UUID.class), row.getString("outcome")))
                .list();
        auditChanged(tx, written);
        return written;
    }

    /** One entry for all products of a batch that were there before: what they cost may have changed. */
    private static void auditChanged(Transaction tx, List<Written> written) {
        List<String> changed = written.stream()
                .filter(one -> one.outcome().equals("updated"))
                .map(one -> String.valueOf(one.id()))
                .toList();
        if (!changed.isEmpty()) {
            UUID shop = RequestContext.currentTenant();
            AuditLog.record(
                    tx, AuditedAct.of("products.changed", "tenant", shop).with("products", changed));
        }
    }

    /** Changes the product and answers with changed, stale, missing or unknown-…: see the SQL function. */
    String change(UUID id, long expectedVersion, ProductChange change) {
        ObjectNode content = json.valueToTree(change);
        content.set("images", json.valueToTree(ImageDraft.identified(change.images())));
        String document = json.writeValueAsString(content);
        Supplier<String> work = () -> database.inTransaction(tx -> {
            String outcome = tx.jdbc()
                    .sql("SELECT change_product(:id, :version, :change)")
                    .param("id", id)
                    .param("version", expectedVersion)
                    .param("change", Sql.json(document))
                    .query(String.class)
                    .single();
            if (outcome.equals("changed")) {
                AuditLog.record(tx, audited(id, change));
            }
            return outcome;
        });
        return refusingPrices(work, () -> COMPARE_AT_PRICE_TOO_LOW);
    }

    private static AuditedAct audited(UUID id, ProductChange change) {
        AuditedAct act = AuditedAct.of("product.changed", "product", id);
        if (change.price() != null) {
            act = act.withAmount("price", change.price());
        }
        if (change.cost() != null) {
            act = act.withAmount("cost", change.cost());
        }
        return change.status() == null ? act : act.with("status", change.status());
    }

    static <T> T refusingPrices(Supplier<T> work, Supplier<T> refusal) {
        try {
            return work.get();
        } catch (DataIntegrityViolationException violation) {
            if (String.valueOf(violation.getMessage()).contains("chk_products_compare_at_price")) {
                return refusal.get();
            }
            throw violation;
        }
    }

    /** Deletes the product, so that it is neither sold nor found any more; orders keep their reference. */
    boolean delete(UUID id) {
        return database.inTransaction(tx -> {
            boolean deleted = tx.jdbc()
                            .sql("""
                                    UPDATE products SET deleted_at = now(), updated_at = now(), version = version + 1
                                    WHERE tenant_id = :tenant AND id = :id AND deleted_at IS NULL
                                    """)
                            .param("tenant", RequestContext.currentTenant())
                            .param("id", id)
                            .update()
                    == 1;
            if (deleted) {
                AuditLog.record(tx, AuditedAct.of("product.deleted", "product", id));
            }
            return deleted;
        });
    }

    /** The product that is for sale under this slug, or null. */
    @Nullable ProductView forSaleBySlug(String slug) {
        return database.inReadTransaction(tx -> one(tx, "AND p.status = 'active' AND p.slug = :key", slug))
                .orElse(null);
    }

    /** The product that is for sale with this id, or null. */
    @Nullable ProductView forSale(UUID id) {
        return database.inReadTransaction(tx -> one(tx, "AND p.status = 'active' AND p.id = :key", id))
                .orElse(null);
    }

    /** The product with this id, for sale or not, or null. */
    @Nullable ProductView get(UUID id) {
        return database.inReadTransaction(tx -> one(tx, "AND p.id = :key", id)).orElse(null);
    }

    private Optional<ProductView> one(Transaction tx, String condition, Object key) {
        return tx.jdbc()
                .sql(PRODUCT + condition)
                .param("tenant", RequestContext.currentTenant())
                .param("key", key)
                .query((row, number) -> view(row))
                .optional();
    }

    /** The products after the id in the order of ids, at most that many; only the one with the sku, where it is named. */
    List<ProductView> list(@Nullable String sku, @Nullable UUID after, int limit) {
        return list(null, sku, after, limit);
    }

    /** As {@link #list(String, UUID, int)}, those of one vendor. */
    List<ProductView> list(@Nullable UUID vendorId, @Nullable String sku, @Nullable UUID after, int limit) {
        return database.inReadTransaction(tx -> {
            var statement = tx.jdbc()
                    .sql(PRODUCT + (vendorId == null ? "" : "AND p.vendor_id = :vendor ")
                            + (sku == null ? "" : "AND p.sku = :sku ")
                            + (after == null ? "" : "AND p.id > :after ")
                            + "ORDER BY p.id LIMIT :limit")
                    .param("tenant", RequestContext.currentTenant())
                    .param("limit", limit);
            if (vendorId != null) {
                statement = statement.param("vendor", vendorId);
            }
            if (sku != null) {
                statement = statement.param("sku", sku);
            }
            if (after != null) {
                statement = statement.param("after", after);
            }
            return statement.query((row, number) -> view(row)).list();
        });
    }

    /** Those of the products that exist, deleted ones included. */
    List<CatalogProduct> find(Collection<UUID> ids) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT p.id, p.sku, p.name, p.slug, p.price, p.currency, p.weight, p.tax_category, i.url,
                            p.status = 'active' AND p.deleted_at IS NULL AS sellable, p.vendor_id,
                            (SELECT r.basis_points FROM vendor_commissions r
                             WHERE r.tenant_id = p.tenant_id AND r.vendor_id = p.vendor_id
                             ORDER BY r.valid_from DESC, r.id DESC LIMIT 1) AS commission,
                            ARRAY(WITH RECURSIVE above AS (
                                      SELECT c.id, c.parent_id FROM categories c
                                      WHERE c.tenant_id = p.tenant_id AND c.id = p.category_id
                                      UNION
                                      SELECT c.id, c.parent_id FROM categories c
                                      JOIN above a ON c.id = a.parent_id
                                      WHERE c.tenant_id = p.tenant_id)
                                  SELECT a.id FROM above a) AS category_ids
                        FROM products p
                        LEFT JOIN product_images i
                            ON i.tenant_id = p.tenant_id AND i.product_id = p.id AND i.is_primary
                        WHERE p.tenant_id = :tenant AND p.id = ANY (:ids)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(ids))
                .query((row, number) -> new CatalogProduct(
                        row.getObject("id", UUID.class),
                        row.getString("sku"),
                        row.getString("name"),
                        row.getString("slug"),
                        Money.of(row.getBigDecimal("price"), Money.currencyOf(row.getString("currency"))),
                        row.getBoolean("sellable"),
                        row.getString("url"),
                        row.getBigDecimal("weight"),
                        row.getString("tax_category"),
                        vendor(row),
                        Arrays.asList((UUID[]) row.getArray("category_ids").getArray())))
                .list());
    }

    private static @Nullable VendorShare vendor(ResultSet row) throws SQLException {
        UUID vendorId = row.getObject("vendor_id", UUID.class);
        return vendorId == null ? null : new VendorShare(vendorId, row.getInt("commission"));
    }

    private ProductView view(ResultSet row) throws SQLException {
        Currency currency = Money.currencyOf(row.getString("currency"));
        Relations relations = json.readValue(row.getString("relations"), Relations.class);
        return new ProductView(
                row.getObject("id", UUID.class),
                row.getString("sku"),
                row.getString("slug"),
                row.getString("type"),
                row.getString("name"),
                row.getString("description"),
                row.getString("short_description"),
                Money.of(row.getBigDecimal("price"), currency),
                money(row, "compare_at_price", currency),
                row.getBigDecimal("weight"),
                row.getString("tax_category"),
                relations.dimensions(),
                relations.attributes(),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                row.getString("status"),
                row.getBoolean("is_featured"),
                relations.category(),
                relations.brand(),
                relations.manufacturer(),
                row.getObject("vendor_id", UUID.class),
                relations.images(),
                relations.specifications(),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    static @Nullable Money money(ResultSet row, String column, Currency currency) throws SQLException {
        var amount = row.getBigDecimal(column);
        return amount == null ? null : Money.of(amount, currency);
    }
}

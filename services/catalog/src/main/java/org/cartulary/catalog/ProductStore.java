package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.catalog.ListingStore.Query;
import org.cartulary.catalog.ProductView.Relations;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
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
        if (change.clear() != null && change.clear().contains("cost")) {
            act = act.with("cost", "none");
        }
        return change.status() == null ? act : act.with("status", change.status());
    }

    static <T> T refusingPrices(Supplier<T> work, Supplier<T> refusal) {
        try {
            return work.get();
        } catch (DataIntegrityViolationException violation) {
            String message = String.valueOf(violation.getMessage());
            if (message.contains("chk_products_compare_at_price")) {
                return refusal.get();
            }
            if (message.contains("catalog_skus_pkey")) {
                throw skuExists();
            }
            if (message.contains("uq_products_slug")) {
                String detail = "another product has this slug";
                throw ProblemException.conflict("slug-exists", detail).with("/slug", "exists", detail);
            }
            throw violation;
        }
    }

    static ProblemException skuExists() {
        return ProblemException.conflict("sku-exists", "another product or variant of the shop has one of the skus");
    }

    /** Deletes the product and its variants, so that they are neither sold nor found any more; orders keep their reference. */
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
                VariantStore.deleteOf(tx, id);
                AuditLog.record(tx, AuditedAct.of("product.deleted", "product", id));
            }
            return deleted;
        });
    }

    /** The product that is for sale under this slug, at the prices that are asked for, or null. */
    @Nullable ProductView forSaleBySlug(String slug, Asked asked) {
        return forSale("AND p.status = 'active' AND p.slug = :key", slug, asked);
    }

    /** The product for sale that had this slug before and now has another, or null. */
    @Nullable ProductView forSaleByOldSlug(String slug, Asked asked) {
        return forSale("""
                AND p.status = 'active' AND p.id = (
                    SELECT s.product_id FROM product_old_slugs s WHERE s.tenant_id = :tenant AND s.slug = :key)
                """, slug, asked);
    }

    /** The product that is for sale with this id, at the prices that are asked for, or null. */
    @Nullable ProductView forSale(UUID id, Asked asked) {
        return forSale("AND p.status = 'active' AND p.id = :key", id, asked);
    }

    private @Nullable ProductView forSale(String condition, Object key, Asked asked) {
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql(ProductSql.AS_APPLIED + condition)
                        .param("tenant", RequestContext.currentTenant())
                        .param("key", key)
                        .param("currency", asked.currency(), Types.VARCHAR)
                        .param("at", Sql.timestamp(asked.at()))
                        .query((row, number) -> view(row))
                        .optional())
                .map(ProductView::forSale)
                .orElse(null);
    }

    /** The product with this id, for sale or not, at the prices that the shop has set, or null. */
    @Nullable ProductView get(UUID id) {
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql(ProductSql.AS_SET + "AND p.id = :id")
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .query((row, number) -> view(row))
                        .optional())
                .orElse(null);
    }

    /** The products that the filter lets through, for sale or not, after the id in the order of ids, at most that many. */
    List<ProductView> list(AdminProductFilter filter, @Nullable UUID after, int limit) {
        if (filter.query() == null) {
            return read(AdminListing.products(filter, after, limit));
        }
        List<UUID> found = database.asReadonly(tx -> {
            Query query = AdminListing.ids(filter, SearchLanguages.current(tx), after, limit);
            return tx.jdbc()
                    .sql(query.sql())
                    .params(query.parameters())
                    .query(UUID.class)
                    .list();
        });
        return found.isEmpty() ? List.of() : read(AdminListing.products(filter, found));
    }

    private List<ProductView> read(Query query) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(query.sql())
                .params(query.parameters())
                .query((row, number) -> view(row))
                .list());
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
                money(row, "lowest_price", currency),
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
                relations.options(),
                relations.variants().stream()
                        .map(variant -> variant.view(relations.options(), currency))
                        .toList(),
                Rating.of(row),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    static @Nullable Money money(ResultSet row, String column, Currency currency) throws SQLException {
        var amount = row.getBigDecimal(column);
        return amount == null ? null : Money.of(amount, currency);
    }
}

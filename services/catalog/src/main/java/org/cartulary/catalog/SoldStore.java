package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.ChosenOption;
import org.cartulary.contracts.catalog.VariantOf;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is sold, under the one id by which all other services know it: products, and variants of products. Thread-safe. */
final class SoldStore {

    private static final TypeReference<List<ChosenOption>> CHOSEN = new TypeReference<>() {};

    private static final String SOLD = """
            SELECT s.id, s.sku, p.name || coalesce(' — ' || s.variant, '') AS name, p.slug,
                CASE WHEN EXISTS (
                    SELECT FROM product_prices x WHERE x.tenant_id = p.tenant_id AND x.product_id = p.id)
                THEN (SELECT a.price FROM price_at(p.tenant_id, p.id, s.variant_id, p.currency, :at) a)
                ELSE s.price END AS price, p.currency, s.weight, p.tax_category,
                i.url, s.active AND p.status = 'active' AND p.deleted_at IS NULL AND NOT s.has_variants AS sellable,
                NOT s.kept OR p.deleted_at IS NOT NULL AS deleted, s.has_variants, s.product_id, s.options, p.vendor_id,
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
            FROM (
                SELECT p.id, p.id AS product_id, NULL::uuid AS variant_id, p.sku, NULL AS variant, p.price, p.weight, true AS active, true AS kept,
                    EXISTS (
                        SELECT FROM product_variants v
                        WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.deleted_at IS NULL) AS has_variants,
                    NULL::json AS options
                FROM products p
                WHERE p.tenant_id = :tenant AND p.id = ANY (:ids)
                UNION ALL
                SELECT v.id, v.product_id, v.id, v.sku, v.name, coalesce(v.price, p.price), coalesce(v.weight, p.weight),
                    v.status = 'active' AND v.deleted_at IS NULL, v.deleted_at IS NULL, false,
                    (SELECT json_agg(json_build_object('name', e.key, 'value', e.value) ORDER BY o.sort_order, e.key)
                     FROM jsonb_each_text(v.option_values) e
                     LEFT JOIN product_options o
                        ON o.tenant_id = v.tenant_id AND o.product_id = v.product_id AND o.name = e.key)
                FROM product_variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id
                WHERE v.tenant_id = :tenant AND v.id = ANY (:ids)
            ) s
            JOIN products p ON p.tenant_id = :tenant AND p.id = s.product_id
            LEFT JOIN product_images i ON i.tenant_id = p.tenant_id AND i.product_id = p.id AND i.is_primary
            """;

    private final Database database;
    private final JsonMapper json;

    SoldStore(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Those of the products and variants that exist, deleted ones included, at the prices of that time. */
    List<CatalogProduct> find(Collection<UUID> ids, Instant at) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(SOLD)
                .param("tenant", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(ids))
                .param("at", Sql.timestamp(at))
                .query((row, number) -> sold(row))
                .list());
    }

    private CatalogProduct sold(ResultSet row) throws SQLException {
        return new CatalogProduct(
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
                Arrays.asList((UUID[]) row.getArray("category_ids").getArray()),
                row.getBoolean("deleted"),
                row.getBoolean("has_variants"),
                variantOf(row));
    }

    private static @Nullable VendorShare vendor(ResultSet row) throws SQLException {
        UUID vendorId = row.getObject("vendor_id", UUID.class);
        return vendorId == null ? null : new VendorShare(vendorId, row.getInt("commission"));
    }

    private @Nullable VariantOf variantOf(ResultSet row) throws SQLException {
        String options = row.getString("options");
        return options == null
                ? null
                : new VariantOf(row.getObject("product_id", UUID.class), json.readValue(options, CHOSEN));
    }
}

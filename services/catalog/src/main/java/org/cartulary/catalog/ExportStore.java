package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/** All products of a shop with all that belongs to them, a page at a time. Thread-safe. */
final class ExportStore {

    private static final String PAGE = """
            SELECT p.sku, p.slug, p.name, p.type, p.status, p.price, p.compare_at_price AS "compareAtPrice", p.cost, p.currency,
                c.slug AS "categorySlug", b.slug AS "brandSlug", m.slug AS "manufacturerSlug", p.vendor_id AS "vendorId",
                to_json(p.tags) AS tags, p.description, p.short_description AS "shortDescription",
                p.tax_category AS "taxCategory", p.weight AS "weightKg",
                CASE WHEN p.is_featured THEN 'true' ELSE 'false' END AS featured, p.dimensions, p.attributes, p.metadata,
                (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'url', i.url, 'altText', i.alt_text, 'primary', i.is_primary)) ORDER BY i.sort_order), '[]')
                 FROM product_images i WHERE i.tenant_id = p.tenant_id AND i.product_id = p.id) AS images,
                (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'name', a.attribute_name, 'value', a.attribute_value, 'type', a.attribute_type) ORDER BY a.sort_order), '[]')
                 FROM product_attributes a WHERE a.tenant_id = p.tenant_id AND a.product_id = p.id) AS specifications,
                (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'name', o.name, 'type', o.option_type, 'choices', o.choices) ORDER BY o.sort_order), '[]')
                 FROM product_options o WHERE o.tenant_id = p.tenant_id AND o.product_id = p.id) AS options,
                (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'sku', v.sku, 'options', v.option_values, 'price', v.price, 'compareAtPrice', v.compare_at_price,
                    'weightKg', v.weight, 'status', v.status)) ORDER BY v.sort_order, v.sku), '[]')
                 FROM product_variants v
                 WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.deleted_at IS NULL) AS variants,
                (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'variantSku', v.sku, 'price', x.price, 'currency', x.currency,
                    'startsAt', to_char(x.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'endsAt', to_char(x.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
                    ORDER BY v.sku NULLS FIRST, x.currency, x.starts_at NULLS FIRST, x.ends_at), '[]')
                 FROM product_prices x
                 LEFT JOIN product_variants v ON v.tenant_id = x.tenant_id AND v.id = x.variant_id
                 WHERE x.tenant_id = p.tenant_id AND x.product_id = p.id AND v.deleted_at IS NULL) AS prices
            FROM products p
            LEFT JOIN categories c ON c.tenant_id = p.tenant_id AND c.id = p.category_id
            LEFT JOIN brands b ON b.tenant_id = p.tenant_id AND b.id = p.brand_id
            LEFT JOIN manufacturers m ON m.tenant_id = p.tenant_id AND m.id = p.manufacturer_id
            WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL AND p.sku > :after
            ORDER BY p.sku LIMIT :limit
            """;

    private final Database database;

    ExportStore(Database database) {
        this.database = database;
    }

    /** The products after the sku, in the order of skus, at most that many; each column as the database writes it, if it has a value. */
    List<Map<Column, String>> page(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(PAGE)
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> product(row))
                .list());
    }

    private static Map<Column, String> product(ResultSet row) throws SQLException {
        Map<Column, String> product = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            @Nullable String value = row.getString(column.title());
            if (value != null) {
                product.put(column, value);
            }
        }
        return product;
    }
}

package org.cartulary.catalog;

/** The statement that reads products with all that belongs to them; a condition goes on from it. */
final class ProductSql {

    /** At the prices that the shop has set. */
    static final String AS_SET;

    /** At the prices that apply at {@code :at}, in {@code :currency} where there is a price in it. */
    static final String AS_APPLIED;

    private static final String PRODUCT = """
            SELECT p.id, p.sku, p.slug, p.type, p.name, p.description, p.short_description, %s,
                p.weight, p.tax_category, p.tags, p.status, p.is_featured, p.vendor_id, p.version, p.created_at,
                p.rating_average, p.rating_count,
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
                            'id', i.id, 'url', i.url, 'altText', i.alt_text, 'primary', i.is_primary,
                            'width', z.width, 'height', z.height, 'sizes', (
                                SELECT coalesce(json_agg(json_build_object(
                                    'url', '/api/v1/store/images/' || s.picture_id || '/' || s.size,
                                    'width', s.width, 'height', s.height) ORDER BY s.size DESC), '[]')
                                FROM picture_sizes s
                                WHERE s.tenant_id = i.tenant_id AND s.picture_id = i.picture_id))
                            ORDER BY i.sort_order), '[]')
                        FROM product_images i
                        LEFT JOIN picture_sizes z
                            ON z.tenant_id = i.tenant_id AND z.picture_id = i.picture_id AND z.size = 800
                        WHERE i.tenant_id = p.tenant_id AND i.product_id = p.id),
                    'specifications', (
                        SELECT coalesce(json_agg(json_build_object(
                            'name', a.attribute_name, 'value', a.attribute_value, 'type', a.attribute_type)
                            ORDER BY a.sort_order), '[]')
                        FROM product_attributes a WHERE a.tenant_id = p.tenant_id AND a.product_id = p.id),
                    'options', (
                        SELECT coalesce(json_agg(json_build_object(
                            'name', o.name, 'type', o.option_type, 'choices', o.choices) ORDER BY o.sort_order), '[]')
                        FROM product_options o WHERE o.tenant_id = p.tenant_id AND o.product_id = p.id),
                    'variants', (
                        SELECT coalesce(json_agg(json_build_object(
                            'id', v.id, 'sku', v.sku, 'name', v.name, 'price', c.price, 'compareAtPrice', c.regular,
                            'lowestPrice', c.lowest, 'ownPrice', v.price IS NOT NULL,
                            'weightKg', coalesce(v.weight, p.weight), 'ownWeightKg', v.weight, 'status', v.status,
                            'choices', v.option_values)
                            ORDER BY v.sort_order, v.id), '[]')
                        FROM product_variants v CROSS JOIN LATERAL (SELECT %s) c
                        WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.deleted_at IS NULL)
                ) AS relations
            FROM products p
            %s
            LEFT JOIN categories c ON c.tenant_id = p.tenant_id AND c.id = p.category_id
            LEFT JOIN brands b ON b.tenant_id = p.tenant_id AND b.id = p.brand_id
            LEFT JOIN manufacturers m ON m.tenant_id = p.tenant_id AND m.id = p.manufacturer_id
            WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL
            """;

    private static final String PRICES_AS_SET =
            "p.price, p.currency, p.compare_at_price, NULL::numeric AS lowest_price";

    private static final String PRICES_OF_VARIANT_AS_SET = """
            coalesce(v.price, p.price) AS price,
            CASE WHEN v.price IS NULL THEN p.compare_at_price ELSE v.compare_at_price END AS regular,
            NULL::numeric AS lowest""";

    private static final String PRICES_AS_APPLIED = """
            e.price, e.code AS currency, e.regular AS compare_at_price,
            CASE WHEN e.regular IS NOT NULL THEN lowest_price_before(p.tenant_id, p.id, e.code, :at) END AS lowest_price""";

    private static final String PRICES_OF_VARIANT_AS_APPLIED = """
            a.price, a.regular,
            CASE WHEN a.regular IS NOT NULL THEN lowest_price_before(v.tenant_id, v.id, e.code, :at) END AS lowest
            FROM price_at(v.tenant_id, v.product_id, v.id, e.code, :at) a""";

    /**
     * Joins {@code products p} with what applies: {@code e.code}, {@code e.price} and {@code e.regular}. Most products have their own
     * price only, for which no function has to be asked.
     */
    static final String APPLIED = """
            CROSS JOIN LATERAL (
                SELECT f.code, f.price, f.regular FROM price_in(p.tenant_id, p.id, :currency, :at) f
                WHERE EXISTS (SELECT FROM product_prices x WHERE x.tenant_id = p.tenant_id AND x.product_id = p.id)
                UNION ALL
                SELECT p.currency, p.price, p.compare_at_price
                WHERE NOT EXISTS (SELECT FROM product_prices x WHERE x.tenant_id = p.tenant_id AND x.product_id = p.id)
            ) e""";

    static {
        AS_SET = PRODUCT.formatted(PRICES_AS_SET, PRICES_OF_VARIANT_AS_SET, "");
        AS_APPLIED = PRODUCT.formatted(PRICES_AS_APPLIED, PRICES_OF_VARIANT_AS_APPLIED, APPLIED);
    }

    private ProductSql() {}
}

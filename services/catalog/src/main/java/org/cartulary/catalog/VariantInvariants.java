package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds of the variants and addresses of all shops. */
final class VariantInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "variants-are-complete",
                    "every variant that is not deleted has one of the choices of each option of its product, and nothing else",
                    """
                    (SELECT v.tenant_id, v.id, v.sku,
                        EXISTS (
                            SELECT FROM product_options o
                            WHERE o.tenant_id = v.tenant_id AND o.product_id = v.product_id
                                AND (v.option_values ->> o.name = ANY (o.choices)) IS NOT TRUE)
                        OR (SELECT count(*) FROM jsonb_object_keys(v.option_values)) <> (
                            SELECT count(*) FROM product_options o
                            WHERE o.tenant_id = v.tenant_id AND o.product_id = v.product_id) AS incomplete
                    FROM product_variants v WHERE v.deleted_at IS NULL) v""",
                    "v.incomplete",
                    "format('variant %s (%s) of tenant %s', v.id, v.sku, v.tenant_id)"),
            new SqlInvariant(
                    "variants-exist-once",
                    "no two variants of a product that are not deleted have the same choices",
                    "(SELECT tenant_id, product_id, option_values, count(*) AS copies FROM product_variants"
                            + " WHERE deleted_at IS NULL GROUP BY 1, 2, 3) v",
                    "v.copies > 1",
                    "format('%s variants of product %s of tenant %s are %s', v.copies, v.product_id, v.tenant_id, v.option_values)"),
            new SqlInvariant(
                    "variants-belong-to-products",
                    "every variant that is not deleted is one of a product that is not deleted",
                    "product_variants v LEFT JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id"
                            + " AND p.deleted_at IS NULL",
                    "v.deleted_at IS NULL AND p.id IS NULL",
                    "format('variant %s of tenant %s is one of %s', v.id, v.tenant_id, v.product_id)"),
            new SqlInvariant(
                    "skus-are-registered",
                    "the skus of products and variants that are not deleted are those of catalog_skus, each once",
                    """
                    ((SELECT tenant_id, sku, id AS product_id, NULL::uuid AS variant_id FROM products WHERE deleted_at IS NULL
                    UNION ALL
                    SELECT tenant_id, sku, product_id, id FROM product_variants WHERE deleted_at IS NULL) l
                    FULL JOIN catalog_skus s ON s.tenant_id = l.tenant_id AND s.sku = l.sku AND s.product_id = l.product_id
                        AND coalesce(s.variant_id, s.product_id) = coalesce(l.variant_id, l.product_id))""",
                    "l.sku IS NULL OR s.sku IS NULL",
                    "format('the sku %s of tenant %s', coalesce(l.sku, s.sku), coalesce(l.tenant_id, s.tenant_id))"),
            new SqlInvariant(
                    "old-slugs-are-free",
                    "no product that is not deleted has a slug that leads to another as its old one",
                    "product_old_slugs s JOIN products p ON p.tenant_id = s.tenant_id AND p.slug = s.slug"
                            + " AND p.deleted_at IS NULL RIGHT JOIN (SELECT true) one ON true",
                    "p.id IS NOT NULL",
                    "format('slug %s of tenant %s leads to %s and is of %s', s.slug, s.tenant_id, s.product_id, p.id)"));

    /** What holds of the prices of all shops. */
    static final List<SqlInvariant> OF_PRICES = List.of(
            new SqlInvariant(
                    "prices-are-of-what-is-there",
                    "every price for a time or in another currency is one of a product and, where it names one, of a variant that is not deleted",
                    "product_prices x JOIN products p ON p.tenant_id = x.tenant_id AND p.id = x.product_id"
                            + " LEFT JOIN product_variants v ON v.tenant_id = x.tenant_id AND v.id = x.variant_id",
                    "p.deleted_at IS NOT NULL OR v.deleted_at IS NOT NULL",
                    "format('price %s of tenant %s is of %s', x.id, x.tenant_id, x.sold_id)"),
            new SqlInvariant(
                    "price-history-ends-with-the-price",
                    "the last price that is told and has begun is the one that applies now, of every product and variant",
                    """
            (SELECT s.tenant_id, s.sold_id, s.currency,
                CASE WHEN NOT s.deleted THEN (
                    SELECT a.price FROM price_at(s.tenant_id, s.product_id, s.variant_id, s.currency, clock_timestamp()) a)
                END AS applies,
                (SELECT h.price FROM price_history h
                 WHERE h.tenant_id = s.tenant_id AND h.sold_id = s.sold_id AND h.currency = s.currency
                    AND h.effective_from <= clock_timestamp()
                 ORDER BY h.effective_from DESC LIMIT 1) AS told
            FROM (
                SELECT p.tenant_id, p.id AS product_id, NULL::uuid AS variant_id, p.id AS sold_id, p.currency,
                    p.deleted_at IS NOT NULL AS deleted
                FROM products p
                UNION ALL
                SELECT v.tenant_id, v.product_id, v.id, v.id, p.currency,
                    v.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL
                FROM product_variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id
                UNION ALL
                SELECT DISTINCT x.tenant_id, x.product_id, x.variant_id, x.sold_id, x.currency, p.deleted_at IS NOT NULL
                FROM product_prices x JOIN products p ON p.tenant_id = x.tenant_id AND p.id = x.product_id
                WHERE x.variant_id IS NULL
            ) s) s""",
                    "s.applies IS DISTINCT FROM s.told",
                    "format('%s of tenant %s costs %s %s and was told to cost %s', s.sold_id, s.tenant_id, s.applies, s.currency,"
                            + " s.told)"));

    private VariantInvariants() {}
}

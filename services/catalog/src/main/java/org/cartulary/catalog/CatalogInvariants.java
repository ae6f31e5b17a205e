package org.cartulary.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** Proves the records of the catalog over all tenants, in one snapshot. Thread-safe. */
final class CatalogInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "products-have-known-categories",
                    "every product that is not deleted has a category of the same shop or none",
                    "products p LEFT JOIN categories c ON c.tenant_id = p.tenant_id AND c.id = p.category_id",
                    "p.deleted_at IS NULL AND p.category_id IS NOT NULL AND c.id IS NULL",
                    "format('product %s of tenant %s is in the category %s', p.id, p.tenant_id, p.category_id)"),
            new SqlInvariant(
                    "product-slugs-are-unique",
                    "no two products of a shop that are not deleted have the same slug",
                    "(SELECT tenant_id, slug, count(*) AS copies FROM products WHERE deleted_at IS NULL GROUP BY 1, 2) p",
                    "p.copies > 1",
                    "format('%s products of tenant %s have the slug %s', p.copies, p.tenant_id, p.slug)"),
            new SqlInvariant(
                    "product-skus-are-unique",
                    "no two products of a shop that are not deleted have the same sku",
                    "(SELECT tenant_id, sku, count(*) AS copies FROM products WHERE deleted_at IS NULL GROUP BY 1, 2) p",
                    "p.copies > 1",
                    "format('%s products of tenant %s have the sku %s', p.copies, p.tenant_id, p.sku)"),
            new SqlInvariant(
                    "product-prices-are-sound",
                    "no price is negative, and a price to compare with is greater than the price",
                    "products p",
                    "p.price < 0 OR p.cost < 0 OR p.compare_at_price <= p.price",
                    "format('product %s of tenant %s costs %s, before %s', p.id, p.tenant_id, p.price, p.compare_at_price)"),
            new SqlInvariant(
                    "products-have-one-primary-image",
                    "a product has at most one primary image",
                    "(SELECT tenant_id, product_id, count(*) FILTER (WHERE is_primary) AS copies"
                            + " FROM product_images GROUP BY 1, 2) i",
                    "i.copies > 1",
                    "format('product %s of tenant %s has %s primary images', i.product_id, i.tenant_id, i.copies)"),
            new SqlInvariant(
                    "categories-are-a-tree",
                    "every category is below the top of its shop's tree, and none is below itself",
                    """
                    (WITH RECURSIVE reached AS (
                        SELECT tenant_id, id FROM categories WHERE parent_id IS NULL
                        UNION ALL
                        SELECT c.tenant_id, c.id FROM categories c
                        JOIN reached r ON r.tenant_id = c.tenant_id AND r.id = c.parent_id)
                    SELECT c.tenant_id, c.id, c.slug, r.id IS NULL AS lost
                    FROM categories c LEFT JOIN reached r ON r.tenant_id = c.tenant_id AND r.id = c.id) c""",
                    "c.lost",
                    "format('the category %s of tenant %s does not lead to the top', c.slug, c.tenant_id)"));

    private final Database database;

    CatalogInvariants(Database database) {
        this.database = database;
    }

    /** What became of each check. */
    List<InvariantResult> check() {
        return SqlInvariant.check(
                database,
                Stream.of(
                                INVARIANTS,
                                VariantInvariants.INVARIANTS,
                                VariantInvariants.OF_PRICES,
                                ImportInvariants.INVARIANTS,
                                StockListingInvariants.INVARIANTS,
                                SearchInvariants.INVARIANTS,
                                ReviewInvariants.INVARIANTS,
                                PictureInvariants.INVARIANTS)
                        .flatMap(List::stream)
                        .toList());
    }
}

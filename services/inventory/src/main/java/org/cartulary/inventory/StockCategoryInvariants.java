package org.cartulary.inventory;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of inventory categories. */
final class StockCategoryInvariants {

    static final List<SqlInvariant> ALL = List.of(SqlInvariant.ofListing(
            "categorized-products-in-known-categories",
            "The inventory category that a product is in is one of its shop.",
            "inventory_category_products",
            """
            SELECT format('tenant %s product %s: in category %s, which is not there', g.tenant_id, g.product_id,
                          g.category_id) AS example
            FROM inventory_category_products g
            LEFT JOIN inventory_categories c ON c.tenant_id = g.tenant_id AND c.id = g.category_id
            WHERE g.category_id IS NOT NULL AND c.id IS NULL
            """));

    private StockCategoryInvariants() {}
}

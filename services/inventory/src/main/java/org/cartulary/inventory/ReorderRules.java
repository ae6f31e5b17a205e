package org.cartulary.inventory;

/**
 * Which reorder point holds for a record {@code i} of the stock: its own where it has one, else that of the product's inventory category
 * {@code c}, else 0 for never.
 */
final class ReorderRules {

    /** Finds the category. */
    static final String JOIN = """
            LEFT JOIN inventory_category_products g ON g.tenant_id = i.tenant_id AND g.product_id = i.product_id
            LEFT JOIN inventory_categories c ON c.tenant_id = g.tenant_id AND c.id = g.category_id
            """;

    /** At how many available units more should be ordered. */
    static final String POINT =
            "CASE WHEN i.reorder_point > 0 THEN i.reorder_point ELSE coalesce(c.reorder_point, 0) END\n";

    /** How many units should then be ordered. */
    static final String QUANTITY =
            "CASE WHEN i.reorder_point > 0 THEN i.reorder_quantity ELSE coalesce(c.reorder_quantity, 0) END\n";

    /** Whether more should be ordered. */
    static final String LOW = "(" + POINT + "> 0 AND i.available_quantity <= " + POINT + ")\n";

    /**
     * The same for records of {@code :tenant}, found by what is watched: by their own reorder points, and by the products of categories
     * that have one.
     */
    static final String AMONG_LOW = """
            (i.product_id, i.warehouse_id) IN (
                SELECT o.product_id, o.warehouse_id
                FROM inventory o
                WHERE o.tenant_id = :tenant AND o.reorder_point > 0 AND o.available_quantity <= o.reorder_point
                UNION ALL
                SELECT s.product_id, s.warehouse_id
                FROM inventory_categories k
                JOIN inventory_category_products m ON m.tenant_id = k.tenant_id AND m.category_id = k.id
                JOIN inventory s ON s.tenant_id = m.tenant_id AND s.product_id = m.product_id AND s.reorder_point = 0
                WHERE k.tenant_id = :tenant AND k.reorder_point > 0 AND s.available_quantity <= k.reorder_point)
            """;

    private ReorderRules() {}
}

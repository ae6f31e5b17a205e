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

    private ReorderRules() {}
}

package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of what is shown as in stock. */
final class StockListingInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(SqlInvariant.ofListing(
            "listed-stock-is-what-was-told",
            "A product is shown as in stock where it is, or where one of its active variants is, by the last word of inventory.",
            "products",
            """
            SELECT format('tenant %s product %s is shown as %s', p.tenant_id, p.id,
                          CASE WHEN l.product_id IS NULL THEN 'out of stock' ELSE 'in stock' END) AS example
            FROM products p
            LEFT JOIN (
                SELECT v.tenant_id, v.product_id, bool_or(v.status = 'active' AND s.in_stock) AS in_stock
                FROM product_variants v
                JOIN sold_stock s ON s.tenant_id = v.tenant_id AND s.sold_id = v.id
                WHERE v.deleted_at IS NULL
                GROUP BY v.tenant_id, v.product_id
            ) told ON told.tenant_id = p.tenant_id AND told.product_id = p.id
            LEFT JOIN sold_stock own ON own.tenant_id = p.tenant_id AND own.sold_id = p.id
            LEFT JOIN products_in_stock l ON l.tenant_id = p.tenant_id AND l.product_id = p.id
            WHERE (l.product_id IS NOT NULL) <> CASE
                WHEN EXISTS (
                    SELECT FROM product_variants v
                    WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.deleted_at IS NULL)
                THEN coalesce(told.in_stock, false)
                ELSE coalesce(own.in_stock, false) END
            """));

    private StockListingInvariants() {}
}

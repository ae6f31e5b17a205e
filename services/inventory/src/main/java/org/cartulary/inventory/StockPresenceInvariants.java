package org.cartulary.inventory;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of what is in stock. */
final class StockPresenceInvariants {

    static final List<SqlInvariant> ALL = List.of(SqlInvariant.ofListing(
            "presences-equal-stock",
            "What is in stock is counted in as many warehouses as have some of it.",
            "(SELECT FROM inventory GROUP BY tenant_id, product_id) AS products",
            """
            SELECT format('tenant %s product %s: in %s warehouses, counted in %s', tenant_id, product_id,
                          coalesce(i.warehouses, 0), coalesce(p.warehouses::text, 'none')) AS example
            FROM (SELECT tenant_id, product_id, count(*) FILTER (WHERE available_quantity > 0) AS warehouses
                  FROM inventory
                  GROUP BY tenant_id, product_id) i
            FULL JOIN inventory_presences p USING (tenant_id, product_id)
            WHERE coalesce(i.warehouses, 0) <> coalesce(p.warehouses, 0)
            """));

    private StockPresenceInvariants() {}
}

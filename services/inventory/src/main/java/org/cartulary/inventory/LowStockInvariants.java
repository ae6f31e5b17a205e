package org.cartulary.inventory;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of the alerts of low stock. */
final class LowStockInvariants {

    static final List<SqlInvariant> ALL = List.of(
            SqlInvariant.ofListing(
                    "open-alerts-once",
                    "Each product has at most one open alert in a warehouse.",
                    "inventory_alerts WHERE closed_at IS NULL",
                    """
                    SELECT format('tenant %s product %s warehouse %s: %s open alerts', tenant_id, product_id,
                                  warehouse_id, count(*)) AS example
                    FROM inventory_alerts
                    WHERE closed_at IS NULL
                    GROUP BY tenant_id, product_id, warehouse_id
                    HAVING count(*) > 1
                    """),
            SqlInvariant.ofListing(
                    "alerts-follow-stock",
                    "Stock that has been low for 10 minutes has an open alert, and stock that has not been low for so long has none.",
                    "inventory",
                    """
                    SELECT format('tenant %s product %s warehouse %s: %s available, reorder point %s, alert %s',
                                  i.tenant_id, i.product_id, i.warehouse_id, i.available_quantity,
                    """ + ReorderRules.POINT + """
                                  , coalesce(a.id::text, 'none')) AS example
                    FROM inventory i
                    LEFT JOIN inventory_alerts a ON a.tenant_id = i.tenant_id AND a.product_id = i.product_id
                                                AND a.warehouse_id = i.warehouse_id AND a.closed_at IS NULL
                    """ + ReorderRules.JOIN + "WHERE " + ReorderRules.LOW + """
                          <> (a.id IS NOT NULL)
                      AND greatest(i.updated_at, g.changed_at, c.updated_at) < now() - interval '10 minutes'
                    """));

    private LowStockInvariants() {}
}

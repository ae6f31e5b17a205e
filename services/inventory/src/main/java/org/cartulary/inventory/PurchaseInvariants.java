package org.cartulary.inventory;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of purchase orders. */
final class PurchaseInvariants {

    static final List<SqlInvariant> ALL = List.of(
            SqlInvariant.ofListing(
                    "purchases-equal-receipts",
                    "What has come of each line of a purchase order is the sum of its receipts.",
                    "inventory_purchase_order_lines",
                    """
                    SELECT format('tenant %s purchase order %s product %s: %s received, receipts %s', l.tenant_id,
                                  l.purchase_order_id, l.product_id, l.received_quantity, coalesce(r.units, 0)) AS example
                    FROM inventory_purchase_order_lines l
                    LEFT JOIN (
                        SELECT tenant_id, purchase_order_id, product_id, sum(quantity) AS units
                        FROM inventory_purchase_receipts
                        GROUP BY tenant_id, purchase_order_id, product_id
                    ) r USING (tenant_id, purchase_order_id, product_id)
                    WHERE l.received_quantity <> coalesce(r.units, 0)
                    """),
            SqlInvariant.ofListing(
                    "purchase-receipts-in-ledger",
                    "Each receipt of a purchase order is a movement of the same units.",
                    "inventory_purchase_receipts",
                    """
                    SELECT format('tenant %s receipt %s: %s units, movement %s', r.tenant_id, r.reference, r.quantity,
                                  coalesce(m.available_change::text, 'none')) AS example
                    FROM inventory_purchase_receipts r
                    LEFT JOIN inventory_movements m ON m.tenant_id = r.tenant_id AND m.reference = r.reference
                                                   AND m.movement_type = 'RESTOCK' AND m.product_id = r.product_id
                    WHERE m.available_change IS DISTINCT FROM r.quantity
                    """));

    private PurchaseInvariants() {}
}

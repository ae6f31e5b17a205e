package org.cartulary.inventory;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of the sums by day. */
final class StockDayInvariants {

    static final List<SqlInvariant> ALL = List.of(SqlInvariant.ofListing(
            "days-equal-movements",
            "The sums of each day that was summed are those of its movements.",
            "inventory_analytics",
            """
            SELECT format('tenant %s product %s day %s: available %s reserved %s sold %s, movements %s, %s and %s', tenant_id,
                          product_id, day, s.available, s.reserved, s.sold, m.available, m.reserved, m.sold) AS example
            FROM (
                SELECT tenant_id, product_id, day, sold_units AS sold,
                       received_units + returned_units - reserved_units + released_units + adjusted_units AS available,
                       reserved_units - released_units - sold_units AS reserved
                FROM inventory_analytics
            ) s
            FULL JOIN (
                SELECT m.tenant_id, m.product_id, d.day, sum(m.available_change) AS available,
                       sum(m.reserved_change) AS reserved,
                       coalesce(-sum(m.reserved_change) FILTER (WHERE m.movement_type = 'CONFIRM'), 0) AS sold
                FROM inventory_movements m
                JOIN inventory_analytics_days d ON d.day = (m.created_at AT TIME ZONE 'UTC')::date
                GROUP BY m.tenant_id, m.product_id, d.day
            ) m USING (tenant_id, product_id, day)
            WHERE (s.available, s.reserved, s.sold) IS DISTINCT FROM (m.available, m.reserved, m.sold)
            """));

    private StockDayInvariants() {}
}

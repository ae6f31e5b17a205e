package org.cartulary.inventory;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of the records of stock at any time, checked over all tenants in one snapshot. */
final class StockInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "stock-equals-movements",
                    "Available and reserved units of each product and warehouse are the sums of their movements.",
                    "inventory",
                    """
                    SELECT format('tenant %s product %s warehouse %s: available %s reserved %s, movements %s and %s',
                                  tenant_id, product_id, warehouse_id, i.available_quantity, i.reserved_quantity,
                                  m.available, m.reserved) AS example
                    FROM inventory i
                    FULL JOIN (
                        SELECT tenant_id, product_id, warehouse_id,
                               sum(available_change) AS available, sum(reserved_change) AS reserved
                        FROM inventory_movements
                        GROUP BY tenant_id, product_id, warehouse_id
                    ) m USING (tenant_id, product_id, warehouse_id)
                    WHERE coalesce(i.available_quantity, 0) <> coalesce(m.available, 0)
                       OR coalesce(i.reserved_quantity, 0) <> coalesce(m.reserved, 0)
                    """),
            SqlInvariant.ofListing(
                    "reserved-equals-open-reservations",
                    "The reserved units of each product and warehouse are those of its open reservations.",
                    "inventory",
                    """
                    SELECT format('tenant %s product %s warehouse %s: reserved %s, open reservations %s',
                                  tenant_id, product_id, warehouse_id, i.reserved_quantity, o.units) AS example
                    FROM inventory i
                    FULL JOIN (
                        SELECT l.tenant_id, l.product_id, l.warehouse_id, sum(l.quantity) AS units
                        FROM inventory_reservations r
                        JOIN inventory_reservation_lines l ON l.tenant_id = r.tenant_id AND l.order_id = r.order_id
                        WHERE r.status = 'OPEN'
                        GROUP BY l.tenant_id, l.product_id, l.warehouse_id
                    ) o USING (tenant_id, product_id, warehouse_id)
                    WHERE coalesce(i.reserved_quantity, 0) <> coalesce(o.units, 0)
                    """),
            SqlInvariant.ofListing(
                    "no-negative-stock", "No product has fewer than no available or reserved units.", "inventory", """
                    SELECT format('tenant %s product %s warehouse %s: available %s reserved %s',
                                  tenant_id, product_id, warehouse_id, available_quantity, reserved_quantity) AS example
                    FROM inventory
                    WHERE available_quantity < 0 OR reserved_quantity < 0
                    """),
            SqlInvariant.ofListing(
                    "open-reservation-not-overdue",
                    "No reservation is open for more than a minute after it should have expired.",
                    "inventory_reservations WHERE status = 'OPEN'",
                    """
                    SELECT format('tenant %s order %s: open, but expired at %s', tenant_id, order_id, expires_at) AS example
                    FROM inventory_reservations
                    WHERE status = 'OPEN' AND expires_at < now() - interval '1 minute'
                    """),
            SqlInvariant.ofListing(
                    "reservation-lines-match-head",
                    "Each reservation has the number of lines, and of units in them, that it says it has.",
                    "inventory_reservations",
                    """
                    SELECT format('tenant %s order %s: says %s lines and %s units, has %s and %s', r.tenant_id,
                                  r.order_id, r.line_count, r.units, l.line_count, l.units) AS example
                    FROM inventory_reservations r
                    LEFT JOIN (
                        SELECT tenant_id, order_id, count(*) AS line_count, sum(quantity) AS units
                        FROM inventory_reservation_lines
                        GROUP BY tenant_id, order_id
                    ) l ON l.tenant_id = r.tenant_id AND l.order_id = r.order_id
                    WHERE r.line_count <> coalesce(l.line_count, 0) OR r.units <> coalesce(l.units, 0)
                    """),
            SqlInvariant.ofListing(
                    "reservation-equals-its-movements",
                    "The movements of each order add up to what its status means: held, sold or given back.",
                    "inventory_reservations",
                    """
                    SELECT format('tenant %s order %s: %s with %s units and %s restocked, movements %s available and %s reserved',
                                  tenant_id, order_id, r.status, r.units, s.units, m.available, m.reserved) AS example
                    FROM inventory_reservations r
                    FULL JOIN (
                        SELECT tenant_id, reference_id AS order_id,
                               sum(available_change) AS available, sum(reserved_change) AS reserved
                        FROM inventory_movements
                        WHERE reference_type IN ('ORDER', 'RETURN')
                        GROUP BY tenant_id, reference_id
                    ) m USING (tenant_id, order_id)
                    LEFT JOIN (
                        SELECT tenant_id, order_id, sum(units) AS units
                        FROM inventory_restocks
                        GROUP BY tenant_id, order_id
                    ) s USING (tenant_id, order_id)
                    WHERE r.order_id IS NULL
                       OR coalesce(m.available, 0) <> CASE r.status WHEN 'OPEN' THEN -r.units
                              WHEN 'CONFIRMED' THEN coalesce(s.units, 0) - r.units ELSE 0 END
                       OR coalesce(m.reserved, 0) <> CASE r.status WHEN 'OPEN' THEN r.units ELSE 0 END
                    """),
            SqlInvariant.ofListing(
                    "restocked-at-most-sold",
                    "Of no line more is restocked than was sold, and nothing of what was never sold.",
                    "inventory_reservation_lines",
                    """
                    SELECT format('tenant %s order %s product %s warehouse %s: %s of %s restocked, reservation %s', tenant_id,
                                  order_id, l.product_id, l.warehouse_id, l.restocked_quantity, l.quantity,
                                  r.status) AS example
                    FROM inventory_reservation_lines l
                    JOIN inventory_reservations r USING (tenant_id, order_id)
                    WHERE l.restocked_quantity NOT BETWEEN 0 AND l.quantity
                       OR (l.restocked_quantity > 0 AND r.status NOT IN ('CONFIRMED', 'RELEASED'))
                    """),
            SqlInvariant.ofListing(
                    "restocked-equals-movements",
                    "What is restocked of each line is the sum of its movements.",
                    "inventory_reservation_lines WHERE restocked_quantity <> 0",
                    """
                    SELECT format('tenant %s order %s product %s warehouse %s: restocked %s, movements %s', tenant_id,
                                  order_id, product_id, warehouse_id, l.restocked_quantity, m.units) AS example
                    FROM (SELECT * FROM inventory_reservation_lines WHERE restocked_quantity <> 0) l
                    FULL JOIN (
                        SELECT tenant_id, reference_id AS order_id, product_id, warehouse_id,
                               sum(available_change) AS units
                        FROM inventory_movements
                        WHERE reference_type = 'RETURN'
                        GROUP BY tenant_id, reference_id, product_id, warehouse_id
                    ) m USING (tenant_id, order_id, product_id, warehouse_id)
                    WHERE coalesce(l.restocked_quantity, 0) <> coalesce(m.units, 0)
                    """),
            SqlInvariant.ofListing(
                    "restocks-once",
                    "Each restock took effect once, with the units that it names.",
                    "inventory_restocks",
                    """
                    SELECT format('tenant %s restock %s: names %s units, movements %s', tenant_id, restock_id, s.units,
                                  m.units) AS example
                    FROM (SELECT tenant_id, id AS restock_id, units FROM inventory_restocks) s
                    FULL JOIN (
                        SELECT tenant_id, restock_id, sum(available_change) AS units
                        FROM inventory_movements
                        WHERE reference_type = 'RETURN'
                        GROUP BY tenant_id, restock_id
                    ) m USING (tenant_id, restock_id)
                    WHERE coalesce(s.units, 0) <> coalesce(m.units, 0)
                    """),
            SqlInvariant.ofListing(
                    "receipts-once",
                    "Each receipt was received once.",
                    "inventory_movements WHERE reference_type = 'RECEIPT'",
                    """
                    SELECT format('tenant %s receipt %s: received %s times', tenant_id, reference, count(*)) AS example
                    FROM inventory_movements
                    WHERE reference_type = 'RECEIPT'
                    GROUP BY tenant_id, reference
                    HAVING count(*) > 1
                    """));

    private final Database database;

    StockInvariants(Database database) {
        this.database = database;
    }

    List<InvariantResult> check() {
        return SqlInvariant.check(
                database,
                Stream.of(
                                INVARIANTS,
                                LowStockInvariants.ALL,
                                PurchaseInvariants.ALL,
                                StockDayInvariants.ALL,
                                StockPresenceInvariants.ALL,
                                StockCategoryInvariants.ALL)
                        .flatMap(List::stream)
                        .toList());
    }
}

package org.cartulary.order;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds of parcels and of the orders in them. Orders without any, such as those from before there were parcels, are left out. */
final class ShipmentInvariants {

    /** Each of them answers with one row per line, parcel or order, and {@code breach} says in words what is wrong, or is NULL. */
    static final List<SqlInvariant> ALL = List.of(
            SqlInvariant.ofQuery(
                    "line-units-match-parcels",
                    "Of each line of an order as many units count as packed, sent and delivered as lie in its parcels of such states, and"
                            + " with those that are withdrawn they are at most all",
                    """
                    SELECT CASE
                        WHEN (i.packed_quantity, i.sent_quantity, i.delivered_quantity)
                            <> (coalesce(p.packed, 0), coalesce(p.sent, 0), coalesce(p.delivered, 0))
                          OR i.packed_quantity + i.withdrawn_quantity > i.quantity
                        THEN format('order %s of tenant %s, line %s: of %s units %s packed, %s sent, %s delivered, %s withdrawn; in'
                                    ' parcels %s, %s, %s', i.order_id, i.tenant_id, i.line_number, i.quantity, i.packed_quantity,
                                    i.sent_quantity, i.delivered_quantity, i.withdrawn_quantity, p.packed, p.sent, p.delivered)
                        END AS breach
                    FROM order_items i
                    LEFT JOIN (SELECT l.tenant_id, l.order_item_id,
                                      sum(l.quantity) FILTER (WHERE s.status NOT IN ('CANCELLED', 'FAILED', 'RETURNED')) AS packed,
                                      sum(l.quantity) FILTER (WHERE s.status IN ('SHIPPED', 'IN_TRANSIT', 'DELIVERED')) AS sent,
                                      sum(l.quantity) FILTER (WHERE s.status = 'DELIVERED') AS delivered
                               FROM order_shipment_items l
                               JOIN order_shipments s ON s.tenant_id = l.tenant_id AND s.id = l.shipment_id
                               GROUP BY l.tenant_id, l.order_item_id) p
                      ON p.tenant_id = i.tenant_id AND p.order_item_id = i.id
                    """),
            SqlInvariant.ofQuery("parcel-holds-own-lines", "In a parcel lie units of its own order, and some do", """
                    SELECT CASE
                        WHEN l.id IS NULL OR i.order_id <> s.order_id
                        THEN format('parcel %s of order %s of tenant %s: line %s of order %s', s.id, s.order_id, s.tenant_id,
                                    l.order_item_id, i.order_id) END AS breach
                    FROM order_shipments s
                    LEFT JOIN order_shipment_items l ON l.tenant_id = s.tenant_id AND l.shipment_id = s.id
                    LEFT JOIN order_items i ON i.tenant_id = l.tenant_id AND i.id = l.order_item_id
                    """),
            SqlInvariant.ofQuery(
                    "parcel-matches-history",
                    "A parcel's history is of legal transitions, each from the state before it, and ends with its state",
                    """
                    SELECT CASE
                        WHEN t.id IS NULL OR e.status_from IS DISTINCT FROM e.status_before
                          OR (e.is_last AND e.status_to <> s.status)
                        THEN format('parcel %s of tenant %s is %s, version %s: from %s to %s after %s', s.id, s.tenant_id, s.status,
                                    e.shipment_version, e.status_from, e.status_to, e.status_before) END AS breach
                    FROM order_shipments s
                    LEFT JOIN (SELECT tenant_id, shipment_id, shipment_version, status_from, status_to,
                                      lag(status_to) OVER parcel AS status_before, lead(status_to) OVER parcel IS NULL AS is_last
                               FROM order_shipment_events
                               WINDOW parcel AS (PARTITION BY tenant_id, shipment_id ORDER BY shipment_version)) e
                      ON e.tenant_id = s.tenant_id AND e.shipment_id = s.id
                    LEFT JOIN shipment_state_transitions t
                      ON coalesce(t.from_state, '') = coalesce(e.status_from, '') AND t.to_state = e.status_to
                    """),
            SqlInvariant.ofQuery(
                    "order-follows-parcels",
                    "An order is as far as its parcels: nothing of it waits or leaves after its end, what counts as sent is, or came"
                            + " back, and where nothing is left to be sent it has ended",
                    """
                    SELECT CASE
                        WHEN CASE o.status
                            WHEN 'CREATED' THEN true
                            WHEN 'PAID' THEN true
                            WHEN 'CONFIRMED' THEN true
                            WHEN 'PROCESSING' THEN p.left_once > 0
                            WHEN 'PARTIALLY_SHIPPED' THEN p.left_once = 0 OR i.sent = i.to_send
                            WHEN 'SHIPPED' THEN p.left_once = 0 OR i.to_send - i.sent > p.came_back
                                OR i.delivered = i.to_send OR o.units_to_resend <> i.unsent
                            WHEN 'DELIVERED' THEN i.delivered <> i.to_send
                            WHEN 'CANCELLED' THEN p.cancelled < p.parcels
                            WHEN 'REFUNDED' THEN p.waiting > 0
                            END
                        THEN format('order %s of tenant %s is %s; parcels %s, waiting %s, cancelled %s, left %s; units to send %s,'
                                    ' packed %s, sent %s, delivered %s, came back %s, to resend %s', o.id, o.tenant_id, o.status,
                                    p.parcels, p.waiting, p.cancelled, p.left_once, i.to_send, i.packed, i.sent, i.delivered,
                                    p.came_back, o.units_to_resend) END AS breach
                    FROM (SELECT s.tenant_id, s.order_id, count(*) AS parcels,
                                 count(*) FILTER (WHERE s.status = 'PENDING') AS waiting,
                                 count(*) FILTER (WHERE s.status = 'CANCELLED') AS cancelled,
                                 count(s.shipped_at) AS left_once,
                                 coalesce(sum(l.units) FILTER (WHERE s.status IN ('FAILED', 'RETURNED')), 0) AS came_back
                          FROM order_shipments s
                          LEFT JOIN (SELECT tenant_id, shipment_id, sum(quantity) AS units
                                     FROM order_shipment_items GROUP BY tenant_id, shipment_id) l
                            ON l.tenant_id = s.tenant_id AND l.shipment_id = s.id
                          GROUP BY s.tenant_id, s.order_id) p
                    JOIN orders o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(l.quantity), 0) AS units
                        FROM order_withdrawals w
                        JOIN order_refunds r ON r.tenant_id = w.tenant_id AND r.id = w.refund_id AND r.status = 'PENDING'
                        JOIN order_withdrawal_items l ON l.tenant_id = w.tenant_id AND l.withdrawal_id = w.id
                        WHERE w.tenant_id = o.tenant_id AND w.order_id = o.id AND w.undone_at IS NULL) c
                    CROSS JOIN LATERAL (
                        SELECT sum(x.quantity - x.withdrawn_quantity) + c.units AS to_send, sum(x.packed_quantity) AS packed,
                            sum(x.quantity - x.withdrawn_quantity - x.sent_quantity) AS unsent,
                            sum(x.sent_quantity) AS sent, sum(x.delivered_quantity) AS delivered
                        FROM order_items x WHERE x.tenant_id = o.tenant_id AND x.order_id = o.id
                        GROUP BY c.units) i
                    """),
            SqlInvariant.ofQuery(
                    "line-units-match-withdrawals",
                    "Of each line of an order as many units count as withdrawn as decisions say that were not undone",
                    """
                    SELECT CASE
                        WHEN i.withdrawn_quantity <> coalesce(d.units, 0)
                        THEN format('order %s of tenant %s, line %s: %s units withdrawn, decided %s', i.order_id, i.tenant_id,
                                    i.line_number, i.withdrawn_quantity, d.units) END AS breach
                    FROM order_items i
                    LEFT JOIN (SELECT l.tenant_id, l.order_item_id, sum(l.quantity) AS units
                               FROM order_withdrawals w
                               JOIN order_withdrawal_items l ON l.tenant_id = w.tenant_id AND l.withdrawal_id = w.id
                               WHERE w.undone_at IS NULL
                               GROUP BY l.tenant_id, l.order_item_id) d
                      ON d.tenant_id = i.tenant_id AND d.order_item_id = i.id
                    """),
            SqlInvariant.ofQuery(
                    "withdrawal-goes-with-refund",
                    "A withdrawal for a refund is of the refund's order, and undone where that was refused",
                    """
                    SELECT CASE
                        WHEN r.order_id <> w.order_id OR (r.status = 'REFUSED' AND w.undone_at IS NULL)
                          OR (r.status = 'PENDING' AND w.undone_at IS NOT NULL)
                        THEN format('withdrawal %s of order %s of tenant %s, undone at %s: refund %s of order %s', w.id, w.order_id,
                                    w.tenant_id, w.undone_at, r.status, r.order_id) END AS breach
                    FROM order_withdrawals w
                    JOIN order_refunds r ON r.tenant_id = w.tenant_id AND r.id = w.refund_id
                    """),
            SqlInvariant.ofQuery(
                    "restocked-goods-are-not-sent",
                    "Of each product of an order no more units are for sale again than were withdrawn or delivered",
                    """
                    SELECT CASE
                        WHEN b.units > coalesce(w.units, 0) + i.delivered
                        THEN format('order %s of tenant %s, product %s: %s units for sale again, %s withdrawn, %s delivered', o.id,
                                    o.tenant_id, b.product_id, b.units, coalesce(w.units, 0), i.delivered) END AS breach
                    FROM (SELECT r.tenant_id, r.order_id, l.product_id, sum(l.quantity) AS units
                          FROM order_refunds r
                          JOIN order_refund_items l ON l.tenant_id = r.tenant_id AND l.refund_id = r.id
                          WHERE r.status <> 'REFUSED' AND r.restock_status <> 'REFUSED'
                          GROUP BY r.tenant_id, r.order_id, l.product_id) b
                    JOIN orders o ON o.tenant_id = b.tenant_id AND o.id = b.order_id
                    JOIN (SELECT tenant_id, order_id, product_id, sum(delivered_quantity) AS delivered
                          FROM order_items GROUP BY tenant_id, order_id, product_id) i
                      ON i.tenant_id = b.tenant_id AND i.order_id = b.order_id AND i.product_id = b.product_id
                    LEFT JOIN (SELECT d.tenant_id, d.order_id, x.product_id, sum(l.quantity) AS units
                               FROM order_withdrawals d
                               JOIN order_withdrawal_items l ON l.tenant_id = d.tenant_id AND l.withdrawal_id = d.id
                               JOIN order_items x ON x.tenant_id = l.tenant_id AND x.id = l.order_item_id
                               WHERE d.undone_at IS NULL
                               GROUP BY d.tenant_id, d.order_id, x.product_id) w
                      ON w.tenant_id = b.tenant_id AND w.order_id = b.order_id AND w.product_id = b.product_id
                    WHERE o.status IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED')
                       OR EXISTS (SELECT FROM order_shipments s WHERE s.tenant_id = o.tenant_id AND s.order_id = o.id)
                    """));

    private ShipmentInvariants() {}
}

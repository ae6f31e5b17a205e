-- Goods that were put on sale again before there were parcels are not sent either. Orders that have been withdrawn from since are right
-- already. No event tells of it, and no version is raised: nothing is decided anew.

WITH unsent AS (
    SELECT o.tenant_id, o.id
    FROM orders o
    WHERE o.status IN ('CONFIRMED', 'PROCESSING')
      AND EXISTS (SELECT FROM order_refunds r
                  WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id AND r.status <> 'REFUSED'
                    AND r.restock_status <> 'REFUSED')
      AND NOT EXISTS (SELECT FROM order_withdrawals w WHERE w.tenant_id = o.tenant_id AND w.order_id = o.id)
    FOR NO KEY UPDATE
), restocked AS (
    -- The units of a product that came back, one after the other, as stretches.
    SELECT r.tenant_id, r.order_id, r.id AS refund_id, r.reason, r.requested_by, l.product_id,
        sum(l.quantity) OVER earlier - l.quantity AS begins, sum(l.quantity) OVER earlier AS ends
    FROM unsent u
    JOIN order_refunds r ON r.tenant_id = u.tenant_id AND r.order_id = u.id AND r.status <> 'REFUSED'
        AND r.restock_status <> 'REFUSED'
    JOIN order_refund_items l ON l.tenant_id = r.tenant_id AND l.refund_id = r.id
    WINDOW earlier AS (PARTITION BY r.tenant_id, r.order_id, l.product_id ORDER BY r.created_at, r.id)
), unpacked AS (
    SELECT i.tenant_id, i.order_id, i.id, i.product_id, i.quantity - i.packed_quantity AS units,
        sum(i.quantity - i.packed_quantity) OVER (PARTITION BY i.tenant_id, i.order_id, i.product_id ORDER BY i.line_number) AS ends
    FROM unsent u
    JOIN order_items i ON i.tenant_id = u.tenant_id AND i.order_id = u.id
), spread AS (
    SELECT r.tenant_id, r.order_id, r.refund_id, r.reason, r.requested_by, i.id AS order_item_id,
        least(r.ends, i.ends) - greatest(r.begins, i.ends - i.units) AS units
    FROM restocked r
    JOIN unpacked i ON i.tenant_id = r.tenant_id AND i.order_id = r.order_id AND i.product_id = r.product_id
        AND r.begins < i.ends AND i.ends - i.units < r.ends
), decisions AS (
    INSERT INTO order_withdrawals (tenant_id, id, order_id, refund_id, reason, withdrawn_by)
    SELECT DISTINCT s.tenant_id, s.refund_id, s.order_id, s.refund_id, s.reason, s.requested_by
    FROM spread s
)
INSERT INTO order_withdrawal_items (tenant_id, id, withdrawal_id, order_item_id, quantity)
SELECT s.tenant_id, gen_random_uuid(), s.refund_id, s.order_item_id, s.units
FROM spread s;

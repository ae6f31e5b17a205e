-- A replacement that is packed is still to be handed over: it is counted until it has left.

UPDATE orders o
SET units_to_resend = i.units
FROM (SELECT i.tenant_id, i.order_id, sum(i.quantity - i.withdrawn_quantity - i.sent_quantity) AS units
      FROM order_items i
      WHERE EXISTS (SELECT FROM order_shipments s
                    WHERE s.tenant_id = i.tenant_id AND s.order_id = i.order_id AND s.status = 'PENDING')
      GROUP BY i.tenant_id, i.order_id) i
WHERE i.tenant_id = o.tenant_id AND i.order_id = o.id AND o.status = 'SHIPPED';

COMMENT ON COLUMN orders.units_to_resend IS 'While the order is SHIPPED: units whose parcels failed or came back, and which have neither left anew nor been withdrawn';

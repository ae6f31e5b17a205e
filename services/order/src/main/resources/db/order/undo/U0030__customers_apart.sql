DROP POLICY order_refund_items_customer ON order_refund_items;
DROP POLICY order_refunds_customer ON order_refunds;
DROP POLICY order_shipments_customer ON order_shipments;
DROP POLICY order_notes_customer ON order_notes;
DROP POLICY order_status_history_customer ON order_status_history;
DROP POLICY order_addresses_customer ON order_addresses;
DROP POLICY order_items_customer ON order_items;
DROP POLICY orders_customer ON orders;

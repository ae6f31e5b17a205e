-- Every row that is there keeps the rules.
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_states;
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_carrier;
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_sealed;
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_times;
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_version;
ALTER TABLE order_items VALIDATE CONSTRAINT chk_order_items_units;
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_states;
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_payment_of_states;
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_units_to_resend;

-- Every row that is there keeps the rule.
ALTER TABLE order_shipments VALIDATE CONSTRAINT chk_order_shipments_estimated_delivery;

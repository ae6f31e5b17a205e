-- Every order that is there keeps the rules.
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_included_tax;
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_adjustments;
ALTER TABLE order_items VALIDATE CONSTRAINT chk_order_items_included_tax;

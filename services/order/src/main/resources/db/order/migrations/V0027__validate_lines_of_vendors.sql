-- Every line that is there keeps the rule.
ALTER TABLE order_items VALIDATE CONSTRAINT chk_order_items_vendor;

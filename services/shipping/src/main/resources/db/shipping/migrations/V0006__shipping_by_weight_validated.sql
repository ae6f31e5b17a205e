-- Every method that is there keeps the rule.
ALTER TABLE shipping_methods VALIDATE CONSTRAINT chk_shipping_methods_weight;

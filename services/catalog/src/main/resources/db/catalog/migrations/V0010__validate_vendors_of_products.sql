-- Every product that is there keeps the rule.
ALTER TABLE products VALIDATE CONSTRAINT fk_products_vendor;

-- Every product that is there keeps the rule.
ALTER TABLE products VALIDATE CONSTRAINT chk_products_tax_category;

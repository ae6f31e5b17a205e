-- At which rate a product is taxed: a code for which the shop has rates, in the shipping service.

ALTER TABLE products ADD COLUMN tax_category varchar(30) NOT NULL DEFAULT 'standard';
ALTER TABLE products ADD CONSTRAINT chk_products_tax_category CHECK (tax_category ~ '^[a-z][a-z0-9-]*$') NOT VALID;

COMMENT ON COLUMN products.tax_category IS 'The code by which the shop finds the rate of its tax, such as standard, reduced or zero.';

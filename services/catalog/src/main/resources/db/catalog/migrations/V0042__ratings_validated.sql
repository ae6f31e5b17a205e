-- No product has reviews yet.
ALTER TABLE products VALIDATE CONSTRAINT chk_products_rating;

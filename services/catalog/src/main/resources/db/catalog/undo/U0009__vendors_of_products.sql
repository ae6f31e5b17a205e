ALTER TABLE products DROP CONSTRAINT fk_products_vendor;

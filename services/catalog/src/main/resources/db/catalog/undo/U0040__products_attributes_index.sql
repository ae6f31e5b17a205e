DROP INDEX idx_products_attributes;

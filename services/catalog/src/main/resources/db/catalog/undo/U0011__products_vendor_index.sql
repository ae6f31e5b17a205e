DROP INDEX idx_products_vendor_id;

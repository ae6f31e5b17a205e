DROP INDEX idx_products_status_id;

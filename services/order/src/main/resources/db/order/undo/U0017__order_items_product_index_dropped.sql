CREATE INDEX CONCURRENTLY idx_order_items_product_id ON order_items (tenant_id, product_id);

-- Those who manage products list them by state.
CREATE INDEX CONCURRENTLY idx_products_status_id ON products (tenant_id, status, id) WHERE deleted_at IS NULL;

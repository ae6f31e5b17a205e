-- Customers filter by attributes.
CREATE INDEX CONCURRENTLY idx_products_attributes ON products USING gin (tenant_id, attributes jsonb_path_ops)
    WHERE deleted_at IS NULL AND status = 'active';

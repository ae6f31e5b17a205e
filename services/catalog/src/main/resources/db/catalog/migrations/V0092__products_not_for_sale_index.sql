-- Those who manage products find also those that are not for sale.
CREATE INDEX CONCURRENTLY idx_products_not_for_sale_search ON products
    USING gin (tenant_id, search_vector, name gin_trgm_ops, sku gin_trgm_ops)
    WHERE deleted_at IS NULL AND status <> 'active';

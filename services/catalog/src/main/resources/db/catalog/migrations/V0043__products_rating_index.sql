-- Lists are ordered by rating.
CREATE INDEX CONCURRENTLY idx_products_rating_average_id ON products (tenant_id, rating_average, id)
    WHERE deleted_at IS NULL AND status = 'active';

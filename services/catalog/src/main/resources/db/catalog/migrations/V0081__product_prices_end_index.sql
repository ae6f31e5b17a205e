-- As those that begin.
CREATE INDEX CONCURRENTLY idx_product_prices_ends_at ON product_prices (tenant_id, ends_at) WHERE ends_at IS NOT NULL;

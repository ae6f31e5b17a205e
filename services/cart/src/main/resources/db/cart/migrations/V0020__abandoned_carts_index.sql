-- The abandoned carts of one shop, from the latest on.
CREATE INDEX CONCURRENTLY idx_carts_abandoned ON carts (tenant_id, id) WHERE status = 'ABANDONED';

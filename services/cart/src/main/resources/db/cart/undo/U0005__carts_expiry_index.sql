CREATE INDEX CONCURRENTLY idx_carts_tenant_id_expires_at ON carts (tenant_id, expires_at);

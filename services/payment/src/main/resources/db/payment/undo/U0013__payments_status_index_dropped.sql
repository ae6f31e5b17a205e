CREATE INDEX CONCURRENTLY idx_payments_status_created_at ON payments (tenant_id, status, created_at DESC);

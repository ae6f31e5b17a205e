CREATE INDEX CONCURRENTLY idx_payments_pending ON payments (tenant_id, created_at) WHERE status = 'PENDING';

CREATE INDEX CONCURRENTLY idx_saga_steps_tenant_id_status ON saga_steps (tenant_id, status);

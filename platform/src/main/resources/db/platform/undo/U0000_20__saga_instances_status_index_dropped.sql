CREATE INDEX CONCURRENTLY idx_saga_instances_tenant_id_saga_type_status ON saga_instances (tenant_id, saga_type, status);

-- Nobody reads by it: the unfinished sagas of a type are found by idx_saga_instances_saga_type_next_attempt_at. Each saga paid
-- for two entries.
DROP INDEX CONCURRENTLY idx_saga_instances_tenant_id_saga_type_status;

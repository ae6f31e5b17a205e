-- Nobody reads by it: steps are read by their saga. Each of them paid for its entry.
DROP INDEX CONCURRENTLY idx_saga_steps_tenant_id_status;

DROP TABLE tenant_state_changes;

ALTER TABLE saga_instances
    DROP COLUMN step_count,
    DROP COLUMN faults,
    DROP COLUMN suspended_since;

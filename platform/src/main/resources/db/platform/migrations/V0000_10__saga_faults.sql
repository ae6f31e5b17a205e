-- A saga whose step fails for good is set aside soon, and one that meets a passing fault is tried for a day.

ALTER TABLE saga_instances
    ADD COLUMN step_count integer,
    ADD COLUMN faults integer NOT NULL DEFAULT 0,
    ADD COLUMN suspended_since timestamptz;

COMMENT ON COLUMN saga_instances.step_count IS 'How many steps this kind of saga has; unknown for those that began before it was noted.';
COMMENT ON COLUMN saga_instances.faults IS 'How many failures of the current step no repetition mends.';
COMMENT ON COLUMN saga_instances.suspended_since IS 'Since when the current step fails; empty while it does not.';

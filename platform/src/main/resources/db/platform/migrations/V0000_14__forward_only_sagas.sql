-- Sagas that are never undone. Those that began before this was noted learn it when a node takes them up again.

ALTER TABLE saga_instances ADD COLUMN forward_only boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN saga_instances.forward_only IS 'Whether nothing of it is ever undone, so that no operator can have it compensated.';

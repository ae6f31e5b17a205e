ALTER TABLE saga_instances DROP COLUMN forward_only;

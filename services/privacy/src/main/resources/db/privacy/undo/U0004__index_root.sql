-- Only where the version before derives the same root: in installations that are older than this migration and whose secret is the same.
ALTER TABLE tenant_keys DROP COLUMN secret_id;
DROP TABLE index_root;

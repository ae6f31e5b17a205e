-- The installation's secret can be changed: what hangs on it says on which, and blind indexes hang on a root that never changes.

CREATE TABLE index_root (
    only_row    boolean     NOT NULL DEFAULT true,
    wrapped_key text        NOT NULL,
    secret_id   text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT index_root_pkey PRIMARY KEY (only_row),
    CONSTRAINT chk_index_root_only_row CHECK (only_row),
    CONSTRAINT chk_index_root_secret_id CHECK (secret_id ~ '^[0-9a-f]{16}$')
);

COMMENT ON TABLE index_root IS 'Platform table: one row: from which the keys of the blind indexes of all shops, and the ids of guests, are derived.';
COMMENT ON COLUMN index_root.only_row IS 'Always true; there is one row, made by whoever asks first.';
COMMENT ON COLUMN index_root.wrapped_key IS 'The root, encrypted by the master key, in Base64. The root itself never changes.';
COMMENT ON COLUMN index_root.secret_id IS 'The id of the installation''s secret that encrypted it.';
COMMENT ON COLUMN index_root.created_at IS 'When it was made.';

ALTER TABLE tenant_keys ADD COLUMN secret_id text;
ALTER TABLE tenant_keys ADD CONSTRAINT chk_tenant_keys_secret_id
    CHECK (secret_id ~ '^[0-9a-f]{16}$' OR secret_id = 'unknown') NOT VALID;

COMMENT ON COLUMN tenant_keys.secret_id IS
    'The id of the installation''s secret that encrypted the key; unknown where a process has found none that did; none where nobody has looked yet.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON index_root FROM %I', service_role('app'));
END;
$$;

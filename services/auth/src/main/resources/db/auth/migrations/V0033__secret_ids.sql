-- The installation's secret can be changed: what hangs on it says on which.

ALTER TABLE signing_keys ADD COLUMN secret_id text;
ALTER TABLE signing_keys ADD CONSTRAINT chk_signing_keys_secret_id
    CHECK (secret_id ~ '^[0-9a-f]{16}$' OR secret_id = 'unknown') NOT VALID;
ALTER TABLE second_factors ADD COLUMN secret_id text;
ALTER TABLE second_factors ADD CONSTRAINT chk_second_factors_secret_id
    CHECK (secret_id ~ '^[0-9a-f]{16}$' OR secret_id = 'unknown') NOT VALID;

COMMENT ON COLUMN signing_keys.secret_id IS
    'The id of the installation''s secret that encrypted the pair; unknown where a process has found none that did; none where nobody has looked yet.';
COMMENT ON COLUMN second_factors.secret_id IS
    'The id of the installation''s secret that encrypted the shared one; unknown where a process has found none that did; none where nobody has looked yet.';

-- For the invariants: on which secret the keys hang, and nothing else of them.
DO $$
BEGIN
    EXECUTE format('GRANT SELECT (generation, secret_id) ON signing_keys TO %I', service_role('readonly'));
END;
$$;

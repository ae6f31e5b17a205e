-- What the last successful preparation of this database did, so that a start with nothing to do can see it at once.

CREATE TABLE schema_fingerprint (
    only_row boolean NOT NULL DEFAULT true,
    fingerprint text NOT NULL,
    access_mark text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schema_fingerprint_pkey PRIMARY KEY (only_row),
    CONSTRAINT chk_schema_fingerprint_only_row CHECK (only_row)
);

COMMENT ON TABLE schema_fingerprint IS 'Platform table: one row: what the last successful preparation of this database did.';
COMMENT ON COLUMN schema_fingerprint.only_row IS 'Always true; there is one row.';
COMMENT ON COLUMN schema_fingerprint.fingerprint IS 'SHA-256 over the names and texts of all migrations.';
COMMENT ON COLUMN schema_fingerprint.access_mark IS 'Changes when roles, passwords or grants have to be set anew.';
COMMENT ON COLUMN schema_fingerprint.recorded_at IS 'When that was.';

-- Only the owner migrates, so only the owner sees and writes what was migrated.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON schema_fingerprint, flyway_schema_history FROM %I, %I, %I',
        service_role('app'), service_role('worker'), service_role('readonly'));
END;
$$;

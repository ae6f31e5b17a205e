-- Who read whose personal data: members of staff, holders of API keys and operators, not people their own.

CREATE TABLE data_access_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    accessed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    principal_kind text NOT NULL,
    principal_id uuid,
    permission text,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    person_id uuid,
    endpoint text NOT NULL,
    categories text[] NOT NULL,
    reason text,
    trace_id text NOT NULL,
    kept_until timestamptz NOT NULL,
    CONSTRAINT data_access_log_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_data_access_log_categories CHECK (cardinality(categories) >= 1),
    CONSTRAINT chk_data_access_log_reason CHECK (char_length(reason) <= 500)
);

-- A shop reads the latest, those about one person or thing, and those by one caller.
CREATE INDEX idx_data_access_log_accessed_at ON data_access_log (tenant_id, accessed_at DESC, id DESC);
CREATE INDEX idx_data_access_log_subject_id ON data_access_log (tenant_id, subject_id, accessed_at DESC);
CREATE INDEX idx_data_access_log_person_id ON data_access_log (tenant_id, person_id, accessed_at DESC)
    WHERE person_id IS NOT NULL;
-- Housekeeping looks for what was kept long enough, in all shops.
CREATE INDEX idx_data_access_log_kept_until ON data_access_log (kept_until);

CALL isolate_tenants('data_access_log');

COMMENT ON TABLE data_access_log IS 'Who read whose personal data, a row for each person or thing that an answer was about. Rows are added, never changed, and deleted when their time is over.';
COMMENT ON COLUMN data_access_log.tenant_id IS 'The shop whose data it is; the one of zeros is the platform itself.';
COMMENT ON COLUMN data_access_log.id IS 'The read.';
COMMENT ON COLUMN data_access_log.accessed_at IS 'When, by the clock of the database: before the answer left.';
COMMENT ON COLUMN data_access_log.principal_kind IS 'What kind of caller read it.';
COMMENT ON COLUMN data_access_log.principal_id IS 'The member of staff or API key; zeros for the operator, none for the platform itself.';
COMMENT ON COLUMN data_access_log.permission IS 'The permission that the endpoint asked for; none where it asked for none.';
COMMENT ON COLUMN data_access_log.subject_kind IS 'What was shown, such as customer, order or checkout.';
COMMENT ON COLUMN data_access_log.subject_id IS 'The customer, order or checkout.';
COMMENT ON COLUMN data_access_log.person_id IS 'The customer whose it is; none for guests and where it is not known.';
COMMENT ON COLUMN data_access_log.endpoint IS 'Method and path pattern of the request.';
COMMENT ON COLUMN data_access_log.categories IS 'Which kinds of personal data were shown.';
COMMENT ON COLUMN data_access_log.reason IS 'Why, as the header X-Access-Reason said; none where it was left out.';
COMMENT ON COLUMN data_access_log.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN data_access_log.kept_until IS 'When the row may be deleted, and not before.';

CREATE TRIGGER refuse_change BEFORE UPDATE ON data_access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_early_delete BEFORE DELETE ON data_access_log
    FOR EACH ROW WHEN (OLD.kept_until > now()) EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON data_access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events();

DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, TRUNCATE ON data_access_log FROM %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE DELETE ON data_access_log FROM %I', service_role('app'));
END;
$$;

-- What customers have consented to, as the history of what they said. What holds now is the last that they said.

CREATE TABLE consent_records (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    purpose varchar(20) NOT NULL,
    number integer NOT NULL,
    is_given boolean NOT NULL,
    text_version varchar(50) NOT NULL,
    source varchar(50) NOT NULL,
    principal_kind varchar(20) NOT NULL,
    principal_id uuid,
    trace_id varchar(64) NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT consent_records_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_consent_records_number UNIQUE (tenant_id, customer_id, purpose, number),
    CONSTRAINT fk_consent_records_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customers (tenant_id, id) ON DELETE RESTRICT,
    CONSTRAINT chk_consent_records_purpose CHECK (purpose IN ('marketing', 'analytics', 'terms')),
    CONSTRAINT chk_consent_records_number CHECK (number >= 1),
    CONSTRAINT chk_consent_records_terms CHECK (is_given OR purpose <> 'terms'),
    CONSTRAINT chk_consent_records_text_version CHECK (text_version ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
    CONSTRAINT chk_consent_records_source CHECK (source ~ '^[a-z][a-z0-9-]*$')
);

-- A history is read from its end.
CREATE INDEX idx_consent_records_customer_id ON consent_records (tenant_id, customer_id, id DESC);

CALL isolate_tenants('consent_records');

COMMENT ON TABLE consent_records IS 'Who consented to what, or took it back, and when. Rows are added and never changed; they name people by their ids only.';
COMMENT ON COLUMN consent_records.tenant_id IS 'The shop.';
COMMENT ON COLUMN consent_records.id IS 'The record; a later one has a greater id.';
COMMENT ON COLUMN consent_records.customer_id IS 'The customer.';
COMMENT ON COLUMN consent_records.purpose IS 'marketing (to be written to), analytics (to have one''s use of the shop evaluated) or terms (of the shop).';
COMMENT ON COLUMN consent_records.number IS 'The place in the history of this customer and purpose: 1, 2, 3 and so on. The greatest one holds.';
COMMENT ON COLUMN consent_records.is_given IS 'Given, or taken back. Terms cannot be taken back.';
COMMENT ON COLUMN consent_records.text_version IS 'The version of the text that the customer was shown, as the shop names it.';
COMMENT ON COLUMN consent_records.source IS 'Where it was said, such as account, checkout or cookie-banner.';
COMMENT ON COLUMN consent_records.principal_kind IS 'What kind of caller said it.';
COMMENT ON COLUMN consent_records.principal_id IS 'Who said it; none for the platform itself.';
COMMENT ON COLUMN consent_records.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN consent_records.recorded_at IS 'When it was said, by the clock of the database.';

CREATE FUNCTION refuse_to_change_consents() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what somebody said is not changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;

COMMENT ON FUNCTION refuse_to_change_consents() IS 'Refuses every change of the history of consents, whoever tries.';

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON consent_records
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_consents();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON consent_records
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_consents();

DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON consent_records FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

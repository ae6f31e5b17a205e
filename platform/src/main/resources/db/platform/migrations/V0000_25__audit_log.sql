-- Critical operations, each bound to the one before it by its hash: what is changed, taken out or slipped in later is found.

CREATE TABLE audit_heads (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    recorded_at timestamptz NOT NULL DEFAULT '2000-01-01 00:00:00+00',
    CONSTRAINT audit_heads_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT chk_audit_heads_number CHECK (number >= 0),
    CONSTRAINT chk_audit_heads_hash CHECK (octet_length(hash) = 32)
);

CALL isolate_tenants('audit_heads');

COMMENT ON TABLE audit_heads IS 'The end of each tenant''s chain of critical operations, and the lock that keeps two writers from continuing it at the same place.';
COMMENT ON COLUMN audit_heads.tenant_id IS 'The tenant; the one of zeros is the platform itself.';
COMMENT ON COLUMN audit_heads.number IS 'The number of the last entry; 0 before the first one.';
COMMENT ON COLUMN audit_heads.hash IS 'The hash of the last entry; zeros before the first one.';
COMMENT ON COLUMN audit_heads.recorded_at IS 'When the last entry was written; the next one is later.';

CREATE TABLE audit_log (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    principal_kind text NOT NULL,
    principal_id uuid,
    trace_id text NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    details text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, number),
    CONSTRAINT chk_audit_log_number CHECK (number >= 1),
    CONSTRAINT chk_audit_log_action CHECK (action ~ '^[a-z]+(-[a-z]+)*[.][a-z]+(-[a-z]+)*$'),
    CONSTRAINT chk_audit_log_subject_kind CHECK (subject_kind ~ '^[a-z]+(-[a-z]+)*$'),
    CONSTRAINT chk_audit_log_details CHECK (jsonb_typeof(details::jsonb) = 'object' AND octet_length(details) <= 100000),
    CONSTRAINT chk_audit_log_hash CHECK (octet_length(hash) = 32 AND octet_length(previous_hash) = 32)
);

-- A shop reads its latest entries, and what was done to one thing.
CREATE INDEX idx_audit_log_recorded_at ON audit_log (tenant_id, recorded_at DESC, id DESC);
CREATE INDEX idx_audit_log_subject_id ON audit_log (tenant_id, subject_id, recorded_at DESC);

CALL isolate_tenants('audit_log');

COMMENT ON TABLE audit_log IS 'Critical operations in the order in which they were done, a chain for each tenant. It names people by their ids only, so that nothing in it has to be erased.';
COMMENT ON COLUMN audit_log.tenant_id IS 'The tenant; the one of zeros is the platform itself.';
COMMENT ON COLUMN audit_log.number IS 'The place in the tenant''s chain: 1, 2, 3 and so on, without gaps.';
COMMENT ON COLUMN audit_log.id IS 'The entry.';
COMMENT ON COLUMN audit_log.recorded_at IS 'When it was written, by the clock of the database; of a chain a later one is always later.';
COMMENT ON COLUMN audit_log.principal_kind IS 'What kind of caller did it.';
COMMENT ON COLUMN audit_log.principal_id IS 'Who did it; zeros for the operator, none for the platform itself.';
COMMENT ON COLUMN audit_log.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN audit_log.action IS 'What was done, such as api-key.revoked.';
COMMENT ON COLUMN audit_log.subject_kind IS 'What kind of thing it was done to.';
COMMENT ON COLUMN audit_log.subject_id IS 'The thing it was done to.';
COMMENT ON COLUMN audit_log.details IS 'What else has to be known, a JSON object in exactly the text that was hashed: ids, codes and numbers.';
COMMENT ON COLUMN audit_log.previous_hash IS 'The hash of the entry before it; zeros for the first one.';
COMMENT ON COLUMN audit_log.hash IS 'SHA-256 of the previous hash and all columns before it, each with its length (ADR 19).';

CREATE FUNCTION audit_part(part bytea) RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT CASE WHEN part IS NULL THEN int4send(-1) ELSE int4send(octet_length(part)) || part END;
$$;

COMMENT ON FUNCTION audit_part(bytea) IS 'A value with its length before it, so that no two lists of values read alike.';

CREATE FUNCTION audit_hash(entry audit_log) RETURNS bytea
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT sha256(entry.previous_hash
        || audit_part(uuid_send(entry.tenant_id))
        || audit_part(int8send(entry.number))
        || audit_part(uuid_send(entry.id))
        || audit_part(int8send((extract(epoch FROM entry.recorded_at) * 1000000)::bigint))
        || audit_part(convert_to(entry.principal_kind, 'UTF8'))
        || audit_part(uuid_send(entry.principal_id))
        || audit_part(convert_to(entry.trace_id, 'UTF8'))
        || audit_part(convert_to(entry.action, 'UTF8'))
        || audit_part(convert_to(entry.subject_kind, 'UTF8'))
        || audit_part(uuid_send(entry.subject_id))
        || audit_part(convert_to(entry.details, 'UTF8')));
$$;

COMMENT ON FUNCTION audit_hash(audit_log) IS 'The hash that an entry has to have. The verifier reckons it by itself, outside the database.';

CREATE FUNCTION chain_audit_entry() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    head audit_heads;
BEGIN
    INSERT INTO audit_heads (tenant_id) VALUES (NEW.tenant_id) ON CONFLICT (tenant_id) DO NOTHING;
    -- Until the end of the transaction: whoever comes meanwhile continues the chain behind this entry.
    SELECT * INTO STRICT head FROM audit_heads h WHERE h.tenant_id = NEW.tenant_id FOR NO KEY UPDATE;
    NEW.number := head.number + 1;
    NEW.previous_hash := head.hash;
    NEW.recorded_at := greatest(clock_timestamp(), head.recorded_at + interval '1 microsecond');
    NEW.hash := audit_hash(NEW);
    UPDATE audit_heads h
    SET number = NEW.number, hash = NEW.hash, recorded_at = NEW.recorded_at
    WHERE h.tenant_id = NEW.tenant_id;
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION chain_audit_entry() IS 'Puts a new entry at the end of its tenant''s chain, whoever writes it and whatever it says of its place.';

CREATE TRIGGER chain_entry BEFORE INSERT ON audit_log
    FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_step_back BEFORE UPDATE ON audit_heads
    FOR EACH ROW WHEN (NEW.number <> OLD.number + 1 OR NEW.tenant_id <> OLD.tenant_id)
    EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_delete BEFORE DELETE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_heads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events();

DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE DELETE, TRUNCATE ON audit_heads FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

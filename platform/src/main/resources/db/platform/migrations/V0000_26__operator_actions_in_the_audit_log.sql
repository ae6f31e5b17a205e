-- What operators do about stuck work is a critical operation. The states that operator_actions keeps may hold whole events, with
-- what they say of people, so the chain holds their hash and not themselves.

CREATE FUNCTION audit_operator_action() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind, subject_id, details)
    VALUES (NEW.tenant_id, NEW.id, NEW.principal_kind, NEW.principal_id, NEW.trace_id, 'stuck-work.' || NEW.act,
            NEW.subject_kind, NEW.subject_id,
            json_build_object('sha256', encode(sha256(convert_to(
                json_build_array(NEW.reason, NEW.state_before, NEW.state_after)::text, 'UTF8')), 'hex'))::text);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION audit_operator_action() IS
    'Notes each operator''s action in the audit log, under the same id, with the SHA-256 of its reason and states.';

CREATE TRIGGER audit_action AFTER INSERT ON operator_actions
    FOR EACH ROW EXECUTE FUNCTION audit_operator_action();

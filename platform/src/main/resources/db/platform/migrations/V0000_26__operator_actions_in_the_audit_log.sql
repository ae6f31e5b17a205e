-- What operators do about stuck work is a critical operation. The states that operator_actions keeps may hold whole events, with
-- what they say of people, so the chain holds the hash of an action and not the action itself.

CREATE FUNCTION audit_operator_action() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind, subject_id, details)
    VALUES (NEW.tenant_id, NEW.id, NEW.principal_kind, NEW.principal_id, NEW.trace_id, 'stuck-work.' || NEW.act,
            NEW.subject_kind, NEW.subject_id, jsonb_build_object('sha256', encode(sha256(convert_to(
                    jsonb_build_array(NEW.act, NEW.subject_kind, NEW.subject_id, NEW.principal_kind, NEW.principal_id, NEW.trace_id,
                                      NEW.reason, NEW.state_before, NEW.state_after)::text, 'UTF8')), 'hex'))::text);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION audit_operator_action() IS
    'Notes each operator''s action in the audit log, under the same id and with its SHA-256, which verify compares.';

INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind, subject_id, details)
SELECT o.tenant_id, o.id, o.principal_kind, o.principal_id, o.trace_id, 'stuck-work.' || o.act, o.subject_kind, o.subject_id,
       jsonb_build_object('sha256', encode(sha256(convert_to(
               jsonb_build_array(o.act, o.subject_kind, o.subject_id, o.principal_kind, o.principal_id, o.trace_id, o.reason,
                                 o.state_before, o.state_after)::text, 'UTF8')), 'hex'))::text
FROM operator_actions o
ORDER BY o.acted_at, o.id;

CREATE TRIGGER audit_action AFTER INSERT ON operator_actions
    FOR EACH ROW EXECUTE FUNCTION audit_operator_action();

-- An operator who removes a lost second factor opens an account, so the audit log has to know; the reason, which may name people,
-- stays where it is.

CREATE FUNCTION audit_second_factor_removal() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind, subject_id, details)
    VALUES (NEW.tenant_id, NEW.id, NEW.principal_kind, NEW.principal_id, NEW.trace_id, 'second-factor.removed-as-lost', 'user',
            NEW.user_id, '{}');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION audit_second_factor_removal() IS 'Notes each removal of a lost second factor in the audit log, under the same id.';

INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind, subject_id, details)
SELECT r.tenant_id, r.id, r.principal_kind, r.principal_id, r.trace_id, 'second-factor.removed-as-lost', 'user', r.user_id, '{}'
FROM second_factor_removals r
ORDER BY r.removed_at, r.id;

CREATE TRIGGER audit_removal AFTER INSERT ON second_factor_removals
    FOR EACH ROW EXECUTE FUNCTION audit_second_factor_removal();

CREATE FUNCTION guard_payment_status() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_from text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END;
    v_kind text := nullif(current_setting('app.principal_kind', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM payment_state_transitions t
        WHERE t.from_state IS NOT DISTINCT FROM v_from AND t.to_state = NEW.status
    ) THEN
        RAISE EXCEPTION 'payment % cannot go from % to %', NEW.id, coalesce(v_from, 'nothing'), NEW.status
            USING ERRCODE = 'check_violation', TABLE = 'payments', CONSTRAINT = 'payment_state_transitions';
    END IF;
    INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
    VALUES (NEW.tenant_id, NEW.id, NEW.version, 'payment.' || lower(NEW.status), jsonb_build_object(
        'from', v_from, 'to', NEW.status, 'reason', NEW.status_reason,
        'authorized', NEW.authorized_amount, 'captured', NEW.captured_amount, 'refunded', NEW.refunded_amount,
        'changedBy', coalesce(concat_ws(':', v_kind, nullif(current_setting('app.principal_id', true), '')), current_user)));
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_payment_status() IS
    'Refuses an illegal transition with check_violation and writes the history of a legal one';

CREATE TRIGGER guard_payment_status_on_insert AFTER INSERT ON payments
    FOR EACH ROW EXECUTE FUNCTION guard_payment_status();
CREATE TRIGGER guard_payment_status_on_update AFTER UPDATE ON payments
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_payment_status();

DROP TRIGGER guard_payment_statuses_on_update ON payments;
DROP TRIGGER guard_payment_statuses_on_insert ON payments;
DROP FUNCTION guard_payment_statuses();

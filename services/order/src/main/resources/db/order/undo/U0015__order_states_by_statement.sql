-- Orders that passed through a state have a history of single steps.
DELETE FROM order_state_transitions WHERE through_state IS NOT NULL;

DROP TRIGGER guard_order_status_on_insert ON orders;
DROP TRIGGER guard_order_status_on_update ON orders;
DROP FUNCTION guard_status_of_new_orders();
DROP FUNCTION guard_status_of_changed_orders();
DROP FUNCTION refuse_order_transition(uuid, text, text);

CREATE FUNCTION guard_order_status() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_from text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END;
    v_kind text := nullif(current_setting('app.principal_kind', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM order_state_transitions t
        WHERE t.from_state IS NOT DISTINCT FROM v_from AND t.to_state = NEW.status
    ) THEN
        RAISE EXCEPTION 'order % cannot go from % to %', NEW.id, coalesce(v_from, 'nothing'), NEW.status
            USING ERRCODE = 'check_violation', TABLE = 'orders', CONSTRAINT = 'order_state_transitions';
    END IF;
    INSERT INTO order_status_history (tenant_id, order_id, order_version, status_from, status_to, changed_by, reason)
    VALUES (NEW.tenant_id, NEW.id, NEW.version, v_from, NEW.status,
            coalesce(concat_ws(':', v_kind, nullif(current_setting('app.principal_id', true), '')), current_user),
            NEW.status_reason);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_order_status() IS
    'Refuses an illegal transition with check_violation and writes the history of a legal one';

CREATE TRIGGER guard_order_status_on_insert AFTER INSERT ON orders
    FOR EACH ROW EXECUTE FUNCTION guard_order_status();
CREATE TRIGGER guard_order_status_on_update AFTER UPDATE ON orders
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_order_status();

-- Guard and history of payments are one insertion, as for orders: a statement costs less to begin than to write some rows.

CREATE FUNCTION refuse_payment_transition(p_payment_id uuid, p_from_state text, p_to_state text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'payment % cannot go from % to %', p_payment_id, coalesce(p_from_state, 'nothing'), p_to_state
        USING ERRCODE = 'check_violation', TABLE = 'payments', CONSTRAINT = 'payment_state_transitions';
END;
$$;

COMMENT ON FUNCTION refuse_payment_transition(uuid, text, text) IS 'Raises check_violation for a transition that is not allowed';

CREATE OR REPLACE FUNCTION guard_payment_statuses() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- The plan is kept: made when one payment was changed, it has to do when all are.
    SET enable_nestloop = off
    SET enable_hashjoin = on
AS $$
DECLARE
    v_changed_by text := coalesce(nullif(concat_ws(':', nullif(current_setting('app.principal_kind', true), ''),
        nullif(current_setting('app.principal_id', true), '')), ''), current_user);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
        SELECT n.tenant_id, n.id, n.version,
            CASE WHEN t.id IS NULL THEN refuse_payment_transition(n.id, NULL, n.status)
                ELSE 'payment.' || lower(n.status) END,
            jsonb_build_object('from', NULL, 'to', n.status, 'reason', n.status_reason,
                'authorized', n.authorized_amount, 'captured', n.captured_amount, 'refunded', n.refunded_amount,
                'changedBy', v_changed_by)
        FROM new_payments n
        LEFT JOIN payment_state_transitions t ON t.from_state IS NULL AND t.to_state = n.status;
    ELSE
        INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
        SELECT n.tenant_id, n.id, n.version,
            CASE WHEN t.id IS NULL THEN refuse_payment_transition(n.id, o.status, n.status)
                ELSE 'payment.' || lower(n.status) END,
            jsonb_build_object('from', o.status, 'to', n.status, 'reason', n.status_reason,
                'authorized', n.authorized_amount, 'captured', n.captured_amount, 'refunded', n.refunded_amount,
                'changedBy', v_changed_by)
        FROM new_payments n
        -- One that gets another key is one that did not exist.
        LEFT JOIN old_payments o ON o.tenant_id = n.tenant_id AND o.id = n.id
        LEFT JOIN payment_state_transitions t ON t.from_state IS NOT DISTINCT FROM o.status AND t.to_state = n.status
        WHERE o.status IS DISTINCT FROM n.status;
    END IF;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION guard_payment_statuses() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_changed_by text := coalesce(nullif(concat_ws(':', nullif(current_setting('app.principal_kind', true), ''),
        nullif(current_setting('app.principal_id', true), '')), ''), current_user);
    v_payment_id uuid;
    v_from       text;
    v_to         text;
BEGIN
    -- Guard and history are one statement for the sake of its cost.
    IF TG_OP = 'INSERT' THEN
        WITH changed AS (
            SELECT n.*, EXISTS (
                SELECT FROM payment_state_transitions t WHERE t.from_state IS NULL AND t.to_state = n.status) AS is_legal
            FROM new_payments n
        ), history AS (
            INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
            SELECT c.tenant_id, c.id, c.version, 'payment.' || lower(c.status), jsonb_build_object(
                'from', NULL, 'to', c.status, 'reason', c.status_reason,
                'authorized', c.authorized_amount, 'captured', c.captured_amount, 'refunded', c.refunded_amount,
                'changedBy', v_changed_by)
            FROM changed c WHERE c.is_legal)
        SELECT c.id, c.status INTO v_payment_id, v_to FROM changed c WHERE NOT c.is_legal LIMIT 1;
    ELSE
        WITH changed AS (
            SELECT n.*, o.status AS status_before, EXISTS (
                SELECT FROM payment_state_transitions t
                WHERE t.from_state IS NOT DISTINCT FROM o.status AND t.to_state = n.status) AS is_legal
            FROM new_payments n
            -- One that gets another key is one that did not exist.
            LEFT JOIN old_payments o ON o.tenant_id = n.tenant_id AND o.id = n.id
            WHERE o.status IS DISTINCT FROM n.status
        ), history AS (
            INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
            SELECT c.tenant_id, c.id, c.version, 'payment.' || lower(c.status), jsonb_build_object(
                'from', c.status_before, 'to', c.status, 'reason', c.status_reason,
                'authorized', c.authorized_amount, 'captured', c.captured_amount, 'refunded', c.refunded_amount,
                'changedBy', v_changed_by)
            FROM changed c WHERE c.is_legal)
        SELECT c.id, c.status_before, c.status INTO v_payment_id, v_from, v_to FROM changed c WHERE NOT c.is_legal LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'payment % cannot go from % to %', v_payment_id, coalesce(v_from, 'nothing'), v_to
            USING ERRCODE = 'check_violation', TABLE = 'payments', CONSTRAINT = 'payment_state_transitions';
    END IF;
    RETURN NULL;
END;
$$;

DROP FUNCTION refuse_payment_transition(uuid, text, text);

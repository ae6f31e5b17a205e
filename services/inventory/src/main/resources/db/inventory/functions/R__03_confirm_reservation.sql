CREATE OR REPLACE FUNCTION confirm_reservation(p_order_id uuid) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_status    text;
BEGIN
    UPDATE inventory_reservations
    SET status = 'CONFIRMED', ended_at = clock_timestamp()
    WHERE tenant_id = v_tenant_id AND order_id = p_order_id AND status = 'OPEN';
    IF FOUND THEN
        PERFORM end_reservation(v_tenant_id, p_order_id, 'CONFIRM', 0, -1, NULL);
        RETURN 'CONFIRMED';
    END IF;

    SELECT status INTO v_status
    FROM inventory_reservations
    WHERE tenant_id = v_tenant_id AND order_id = p_order_id;
    RETURN coalesce(v_status, 'NONE');
END;
$$;

COMMENT ON FUNCTION confirm_reservation(uuid) IS
    'Turns the open reservation of an order into a sale and answers CONFIRMED, or with the status it has instead, or NONE. May be repeated.';

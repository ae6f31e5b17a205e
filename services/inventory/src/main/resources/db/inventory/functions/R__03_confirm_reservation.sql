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

CREATE OR REPLACE FUNCTION confirm_reservations(p_order_ids uuid[]) RETURNS TABLE (status text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
BEGIN
    -- Orders first, then stock, each in the one order in which everybody locks them.
    PERFORM FROM inventory_reservations r
    WHERE r.tenant_id = v_tenant_id AND r.order_id = ANY (p_order_ids)
    ORDER BY r.order_id
    FOR NO KEY UPDATE;
    IF cardinality(p_order_ids) > 1 THEN
        PERFORM lock_stock(v_tenant_id, ARRAY(
            SELECT DISTINCT l.product_id FROM inventory_reservation_lines l
            WHERE l.tenant_id = v_tenant_id AND l.order_id = ANY (p_order_ids)));
    END IF;
    FOR i IN 1..cardinality(p_order_ids) LOOP
        status := confirm_reservation(p_order_ids[i]);
        RETURN NEXT;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION confirm_reservations(uuid[]) IS
    'Confirms the reservations of orders and answers for each, in their order, as confirm_reservation.';

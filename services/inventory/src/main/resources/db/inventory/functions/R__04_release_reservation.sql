CREATE OR REPLACE FUNCTION release_reservation(p_order_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_status    text;
    v_units     bigint;
BEGIN
    -- Where nothing was reserved yet, this row refuses the request to reserve that is still on its way.
    INSERT INTO inventory_reservations (tenant_id, order_id, status, line_count, units, reason, expires_at, ended_at)
    VALUES (v_tenant_id, p_order_id, 'RELEASED', 0, 0, p_reason, clock_timestamp(), clock_timestamp())
    ON CONFLICT (tenant_id, order_id) DO NOTHING;
    IF FOUND THEN
        RETURN 'NOTHING_HELD';
    END IF;

    SELECT status, units INTO STRICT v_status, v_units
    FROM inventory_reservations
    WHERE tenant_id = v_tenant_id AND order_id = p_order_id
    FOR NO KEY UPDATE;
    IF v_status = 'RELEASED' AND v_units > 0 THEN
        RETURN 'RELEASED';
    ELSIF v_status IN ('RELEASED', 'EXPIRED') THEN
        RETURN 'NOTHING_HELD';
    END IF;

    UPDATE inventory_reservations
    SET status = 'RELEASED', ended_at = clock_timestamp(), reason = p_reason
    WHERE tenant_id = v_tenant_id AND order_id = p_order_id;
    -- What is CONFIRMED left the reserved units when it was sold; what was restocked of it stays where it is.
    PERFORM end_reservations(ARRAY[v_tenant_id], ARRAY[p_order_id], 'RELEASE', 1,
                             CASE v_status WHEN 'OPEN' THEN -1 ELSE 0 END, p_reason);
    RETURN 'RELEASED';
END;
$$;

COMMENT ON FUNCTION release_reservation(uuid, text) IS
    'Makes what is reserved or sold for an order available again and answers RELEASED, or NOTHING_HELD. Afterwards nothing can be reserved for the order. May be repeated.';

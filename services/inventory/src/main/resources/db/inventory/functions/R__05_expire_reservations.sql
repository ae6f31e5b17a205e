CREATE OR REPLACE FUNCTION expire_reservations(p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_ids uuid[];
    v_order_ids  uuid[];
BEGIN
    WITH due AS (
        SELECT r.tenant_id, r.order_id
        FROM inventory_reservations r
        WHERE r.status = 'OPEN' AND r.expires_at <= clock_timestamp()
        ORDER BY r.expires_at
        LIMIT p_limit
        FOR NO KEY UPDATE SKIP LOCKED
    ), expired AS (
        UPDATE inventory_reservations r
        SET status = 'EXPIRED', ended_at = clock_timestamp()
        FROM due
        WHERE r.tenant_id = due.tenant_id AND r.order_id = due.order_id AND r.status = 'OPEN'
        RETURNING r.tenant_id, r.order_id
    )
    SELECT array_agg(tenant_id), array_agg(order_id) INTO v_tenant_ids, v_order_ids FROM expired;
    IF v_order_ids IS NULL THEN
        RETURN 0;
    END IF;

    PERFORM end_reservations(v_tenant_ids, v_order_ids, 'RELEASE', 1, -1, 'expired');
    RETURN cardinality(v_order_ids);
END;
$$;

COMMENT ON FUNCTION expire_reservations(integer) IS
    'Gives back the stock of up to so many reservations that are overdue by the clock of the database, of all tenants, and answers how many they were. Several may run at once.';

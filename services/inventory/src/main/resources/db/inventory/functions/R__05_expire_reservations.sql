CREATE OR REPLACE FUNCTION expire_reservations(p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_ids uuid[];
    v_order_ids  uuid[];
    v_expected   integer;
    v_changed    integer;
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

    INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                     reserved_change, reference_type, reference_id, reason)
    SELECT l.tenant_id, l.product_id, l.warehouse_id, 'RELEASE', l.quantity, -l.quantity, 'ORDER', l.order_id, 'expired'
    FROM unnest(v_tenant_ids, v_order_ids) AS e(tenant_id, order_id)
    JOIN inventory_reservation_lines l ON l.tenant_id = e.tenant_id AND l.order_id = e.order_id;

    -- Orders that share a product change its row once.
    WITH given_back AS MATERIALIZED (
        SELECT l.tenant_id, l.product_id, l.warehouse_id
        FROM unnest(v_tenant_ids, v_order_ids) AS e(tenant_id, order_id)
        JOIN inventory_reservation_lines l ON l.tenant_id = e.tenant_id AND l.order_id = e.order_id
        GROUP BY l.tenant_id, l.product_id, l.warehouse_id
    ), locked AS (
        SELECT i.id
        FROM inventory i
        JOIN given_back g ON g.tenant_id = i.tenant_id AND g.product_id = i.product_id
                         AND g.warehouse_id = i.warehouse_id
        ORDER BY i.tenant_id, i.product_id, i.warehouse_id
        FOR NO KEY UPDATE OF i
    )
    SELECT (SELECT count(*) FROM given_back) INTO v_expected
    FROM (SELECT count(*) FROM locked) AS all_locked;

    UPDATE inventory i
    SET available_quantity = i.available_quantity + g.quantity,
        reserved_quantity = i.reserved_quantity - g.quantity,
        version = i.version + 1,
        updated_at = clock_timestamp()
    FROM (
        SELECT l.tenant_id, l.product_id, l.warehouse_id, sum(l.quantity)::integer AS quantity
        FROM unnest(v_tenant_ids, v_order_ids) AS e(tenant_id, order_id)
        JOIN inventory_reservation_lines l ON l.tenant_id = e.tenant_id AND l.order_id = e.order_id
        GROUP BY l.tenant_id, l.product_id, l.warehouse_id
    ) AS g
    WHERE i.tenant_id = g.tenant_id AND i.product_id = g.product_id AND i.warehouse_id = g.warehouse_id;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    IF v_changed <> v_expected THEN
        RAISE EXCEPTION 'expired reservations hold % kinds of stock, of which % exist', v_expected, v_changed
            USING ERRCODE = 'data_corrupted';
    END IF;
    RETURN cardinality(v_order_ids);
END;
$$;

COMMENT ON FUNCTION expire_reservations(integer) IS
    'Gives back the stock of up to so many reservations that are overdue by the clock of the database, of all tenants, and answers how many they were. Several may run at once.';

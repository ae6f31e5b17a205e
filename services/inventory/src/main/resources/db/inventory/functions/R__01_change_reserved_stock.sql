CREATE OR REPLACE FUNCTION lock_stock(p_tenant_id uuid, p_product_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM FROM inventory
    WHERE tenant_id = p_tenant_id AND product_id = ANY (p_product_ids)
    ORDER BY product_id, warehouse_id
    FOR NO KEY UPDATE;
END;
$$;

COMMENT ON FUNCTION lock_stock(uuid, uuid[]) IS
    'Locks the stock of the products in the one order in which everybody locks stock: product, then warehouse.';

CREATE OR REPLACE FUNCTION end_reservations(
    p_tenant_ids uuid[], p_order_ids uuid[], p_movement_type text, p_available_sign integer, p_reserved_sign integer,
    p_reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- A line finds its stock by index; a merge would read the stock of the whole shop.
    SET enable_mergejoin = off
    SET enable_hashjoin = off
    -- No plan depends on the values.
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    v_kinds   integer;
    v_changed integer;
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT l.tenant_id, l.order_id, l.product_id, l.warehouse_id, l.quantity - l.restocked_quantity AS quantity
        FROM unnest(p_tenant_ids, p_order_ids) AS e(tenant_id, order_id)
        CROSS JOIN LATERAL (
            -- OFFSET keeps the planner from reading a shop's lines while the statistics say that there are none.
            SELECT *
            FROM inventory_reservation_lines l
            WHERE l.tenant_id = e.tenant_id AND l.order_id = e.order_id AND l.quantity > l.restocked_quantity
            OFFSET 0) AS l
    ), noted AS (
        INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                         reserved_change, reference_type, reference_id, reason)
        SELECT m.tenant_id, m.product_id, m.warehouse_id, p_movement_type, p_available_sign * m.quantity,
               p_reserved_sign * m.quantity, 'ORDER', m.order_id, p_reason
        FROM moved m
        RETURNING 1
    ), kinds AS MATERIALIZED (
        -- Orders that share a product change its row once.
        SELECT m.tenant_id, m.product_id, m.warehouse_id, sum(m.quantity)::integer AS quantity
        FROM moved m
        GROUP BY m.tenant_id, m.product_id, m.warehouse_id
    ), locked AS MATERIALIZED (
        -- As lock_stock does it, and last, for as short as possible: first the ledger is written, then it is counted.
        SELECT k.tenant_id, k.product_id, k.warehouse_id, k.quantity
        FROM kinds k
        JOIN inventory i ON i.tenant_id = k.tenant_id AND i.product_id = k.product_id
                        AND i.warehouse_id = k.warehouse_id
        WHERE (SELECT count(*) FROM noted) > 0
        ORDER BY i.tenant_id, i.product_id, i.warehouse_id
        FOR NO KEY UPDATE OF i
    ), changed AS (
        UPDATE inventory i
        SET available_quantity = i.available_quantity + p_available_sign * k.quantity,
            reserved_quantity = i.reserved_quantity + p_reserved_sign * k.quantity,
            version = i.version + 1,
            updated_at = clock_timestamp()
        FROM locked k
        WHERE i.tenant_id = k.tenant_id AND i.product_id = k.product_id AND i.warehouse_id = k.warehouse_id
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM kinds), (SELECT count(*) FROM changed) INTO v_kinds, v_changed;
    IF v_changed <> v_kinds THEN
        RAISE EXCEPTION '% orders hold % kinds of stock, of which % exist', cardinality(p_order_ids), v_kinds, v_changed
            USING ERRCODE = 'data_corrupted';
    END IF;
END;
$$;

COMMENT ON FUNCTION end_reservations(uuid[], uuid[], text, integer, integer, text) IS
    'Moves the units of orders, different ones whose status the caller has changed, and writes the ledger; units that were restocked before have moved already. The signs say where to: -1, 0 or 1 times the quantity.';

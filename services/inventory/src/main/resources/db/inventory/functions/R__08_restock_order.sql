CREATE OR REPLACE FUNCTION restock_order(
    p_restock_id uuid, p_order_id uuid, p_product_ids uuid[], p_quantities integer[], p_reason text)
    RETURNS TABLE (outcome text, status text, product_id uuid, requested integer, sold integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- The stock is changed in the order of the list, in which also what is counted of it is locked.
    SET enable_mergejoin = off
    SET enable_hashjoin = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id  uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_status     text;
    v_restocked  uuid;
    v_products   uuid[];
    v_warehouses uuid[];
    v_taken      integer[];
    v_short      record;
    v_changed    integer;
BEGIN
    -- Whatever gives back units of this order waits here for its turn: another restock, or the order's release.
    SELECT r.status INTO v_status
    FROM inventory_reservations r
    WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_id
    FOR NO KEY UPDATE;
    SELECT s.order_id INTO v_restocked
    FROM inventory_restocks s
    WHERE s.tenant_id = v_tenant_id AND s.id = p_restock_id;
    IF v_restocked IS NOT NULL THEN
        RETURN QUERY SELECT CASE v_restocked WHEN p_order_id THEN 'RESTOCKED' ELSE 'ID_REUSED' END,
                            v_status, NULL::uuid, NULL::integer, NULL::integer;
        RETURN;
    END IF;
    IF v_status IS DISTINCT FROM 'CONFIRMED' THEN
        RETURN QUERY SELECT 'NOT_SOLD', coalesce(v_status, 'NONE'), NULL::uuid, NULL::integer, NULL::integer;
        RETURN;
    END IF;

    SELECT asked.product_id, asked.quantity, coalesce(sum(l.quantity - l.restocked_quantity), 0)::integer AS sold
    INTO v_short
    FROM unnest(p_product_ids, p_quantities) AS asked(product_id, quantity)
    LEFT JOIN inventory_reservation_lines l ON l.tenant_id = v_tenant_id AND l.order_id = p_order_id
                                           AND l.product_id = asked.product_id
    GROUP BY asked.product_id, asked.quantity
    HAVING coalesce(sum(l.quantity - l.restocked_quantity), 0) < asked.quantity
    ORDER BY asked.product_id
    LIMIT 1;
    IF FOUND THEN
        RETURN QUERY SELECT 'MORE_THAN_SOLD', v_status, v_short.product_id, v_short.quantity, v_short.sold;
        RETURN;
    END IF;

    -- An id that somebody else uses for another order at this moment is waited for.
    INSERT INTO inventory_restocks (tenant_id, id, order_id, units, reason)
    VALUES (v_tenant_id, p_restock_id, p_order_id, (SELECT sum(q) FROM unnest(p_quantities) AS q), p_reason)
    ON CONFLICT (tenant_id, id) DO NOTHING;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'ID_REUSED', v_status, NULL::uuid, NULL::integer, NULL::integer;
        RETURN;
    END IF;

    -- Back to where they came from, to the oldest of these warehouses first.
    WITH rest AS (
        SELECT l.product_id, l.warehouse_id, asked.quantity AS asked, l.quantity - l.restocked_quantity AS quantity,
               coalesce(sum(l.quantity - l.restocked_quantity) OVER (
                   PARTITION BY l.product_id ORDER BY l.warehouse_id
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM unnest(p_product_ids, p_quantities) AS asked(product_id, quantity)
        JOIN inventory_reservation_lines l ON l.tenant_id = v_tenant_id AND l.order_id = p_order_id
                                          AND l.product_id = asked.product_id
    )
    SELECT array_agg(rest.product_id ORDER BY rest.product_id, rest.warehouse_id),
           array_agg(rest.warehouse_id ORDER BY rest.product_id, rest.warehouse_id),
           array_agg(least(rest.quantity, rest.asked - rest.before)::integer
                     ORDER BY rest.product_id, rest.warehouse_id)
    INTO v_products, v_warehouses, v_taken
    FROM rest
    WHERE least(rest.quantity, rest.asked - rest.before) > 0;

    UPDATE inventory_reservation_lines l
    SET restocked_quantity = l.restocked_quantity + t.quantity
    FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity)
    WHERE l.tenant_id = v_tenant_id AND l.order_id = p_order_id
      AND l.product_id = t.product_id AND l.warehouse_id = t.warehouse_id;

    INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                     reserved_change, reference_type, reference_id, restock_id, reason)
    SELECT v_tenant_id, t.product_id, t.warehouse_id, 'RESTOCK', t.quantity, 0, 'RETURN', p_order_id, p_restock_id,
           p_reason
    FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity);

    PERFORM lock_stock(v_tenant_id, v_products);
    UPDATE inventory i
    SET available_quantity = i.available_quantity + t.quantity,
        version = i.version + 1,
        updated_at = clock_timestamp()
    FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity)
    WHERE i.tenant_id = v_tenant_id AND i.product_id = t.product_id AND i.warehouse_id = t.warehouse_id;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    IF v_changed <> cardinality(v_products) THEN
        RAISE EXCEPTION 'order % sold % kinds of stock, of which % exist', p_order_id, cardinality(v_products), v_changed
            USING ERRCODE = 'data_corrupted';
    END IF;
    RETURN QUERY SELECT 'RESTOCKED', v_status, NULL::uuid, NULL::integer, NULL::integer;
END;
$$;

COMMENT ON FUNCTION restock_order(uuid, uuid, uuid[], integer[], text) IS
    'Makes sold units of an order available again, in the warehouses they came from, all of them or none. Each product at most once; each restock id takes effect once, ever. Answers RESTOCKED, ID_REUSED, NOT_SOLD with the status of the reservation, or MORE_THAN_SOLD with a product and how many of it can still be restocked. May be repeated.';

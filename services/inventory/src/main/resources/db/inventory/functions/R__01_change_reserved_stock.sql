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

CREATE OR REPLACE FUNCTION end_reservation(
    p_tenant_id uuid, p_order_id uuid, p_movement_type text, p_available_sign integer, p_reserved_sign integer,
    p_reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_line_count integer;
    v_changed    integer;
BEGIN
    INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                     reserved_change, reference_type, reference_id, reason)
    SELECT l.tenant_id, l.product_id, l.warehouse_id, p_movement_type,
           p_available_sign * (l.quantity - l.restocked_quantity),
           p_reserved_sign * (l.quantity - l.restocked_quantity), 'ORDER', p_order_id, p_reason
    FROM inventory_reservation_lines l
    WHERE l.tenant_id = p_tenant_id AND l.order_id = p_order_id AND l.quantity > l.restocked_quantity;
    GET DIAGNOSTICS v_line_count = ROW_COUNT;

    -- One row alone is locked by the statement that changes it.
    IF v_line_count > 1 THEN
        PERFORM lock_stock(p_tenant_id, ARRAY(
            SELECT l.product_id FROM inventory_reservation_lines l
            WHERE l.tenant_id = p_tenant_id AND l.order_id = p_order_id AND l.quantity > l.restocked_quantity));
    END IF;

    UPDATE inventory i
    SET available_quantity = i.available_quantity + p_available_sign * (l.quantity - l.restocked_quantity),
        reserved_quantity = i.reserved_quantity + p_reserved_sign * (l.quantity - l.restocked_quantity),
        version = i.version + 1,
        updated_at = clock_timestamp()
    FROM inventory_reservation_lines l
    WHERE l.tenant_id = p_tenant_id AND l.order_id = p_order_id AND l.quantity > l.restocked_quantity
      AND i.tenant_id = p_tenant_id AND i.product_id = l.product_id AND i.warehouse_id = l.warehouse_id;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    IF v_changed <> v_line_count THEN
        RAISE EXCEPTION 'order % has % reserved lines but stock for %', p_order_id, v_line_count, v_changed
            USING ERRCODE = 'data_corrupted';
    END IF;
END;
$$;

COMMENT ON FUNCTION end_reservation(uuid, uuid, text, integer, integer, text) IS
    'Moves the units of an order, whose status the caller has changed, and writes the ledger; units that were restocked before have moved already. The signs say where to: -1, 0 or 1 times the quantity.';

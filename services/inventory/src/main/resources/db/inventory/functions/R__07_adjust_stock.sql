CREATE OR REPLACE FUNCTION adjust_stock(
    p_product_id uuid, p_warehouse text, p_change integer, p_reason_code text, p_reason text, p_new_warehouse_id uuid,
    p_new_id uuid)
    RETURNS TABLE (adjusted boolean, movement_id bigint, available integer, reserved integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id    uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_warehouse_id uuid;
    v_movement_id  bigint;
    v_available    integer;
    v_reserved     integer;
BEGIN
    IF p_warehouse IS NULL THEN
        v_warehouse_id := warehouse_for_receipts(NULL, p_new_warehouse_id);
    ELSE
        -- Goods may arrive at a new place. Who corrects what is known of a place that there is not has misspelt it.
        SELECT id INTO v_warehouse_id FROM warehouses WHERE tenant_id = v_tenant_id AND name = p_warehouse;
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    IF p_change > 0 THEN
        PERFORM require_active_warehouse(v_warehouse_id);
        INSERT INTO inventory AS i (tenant_id, id, product_id, warehouse_id, available_quantity)
        VALUES (v_tenant_id, p_new_id, p_product_id, v_warehouse_id, p_change)
        ON CONFLICT (tenant_id, product_id, warehouse_id) DO UPDATE
        SET available_quantity = i.available_quantity + p_change, version = i.version + 1,
            updated_at = clock_timestamp()
        RETURNING i.available_quantity, i.reserved_quantity INTO v_available, v_reserved;
    ELSE
        UPDATE inventory i
        SET available_quantity = i.available_quantity + p_change, version = i.version + 1,
            updated_at = clock_timestamp()
        WHERE i.tenant_id = v_tenant_id AND i.product_id = p_product_id AND i.warehouse_id = v_warehouse_id
          AND i.available_quantity + p_change >= 0
        RETURNING i.available_quantity, i.reserved_quantity INTO v_available, v_reserved;
        IF NOT FOUND THEN
            RETURN QUERY
                SELECT false, NULL::bigint,
                       coalesce(max(i.available_quantity), 0), coalesce(max(i.reserved_quantity), 0)
                FROM inventory i
                WHERE i.tenant_id = v_tenant_id AND i.product_id = p_product_id AND i.warehouse_id = v_warehouse_id;
            RETURN;
        END IF;
    END IF;

    INSERT INTO inventory_movements AS m (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                          reserved_change, reference_type, reason_code, reason)
    VALUES (v_tenant_id, p_product_id, v_warehouse_id, 'ADJUSTMENT', p_change, 0, 'ADJUSTMENT', p_reason_code, p_reason)
    RETURNING m.id INTO v_movement_id;
    RETURN QUERY SELECT true, v_movement_id, v_available, v_reserved;
END;
$$;

COMMENT ON FUNCTION adjust_stock(uuid, text, integer, text, text, uuid, uuid) IS
    'Changes the available units of a product by hand, unless fewer than none would be left; then nothing changes. Answers nothing where no warehouse has the name. Raises CRT02 where units would come into a warehouse that is not active.';

CREATE OR REPLACE FUNCTION adjust_stock(
    p_product_id uuid, p_warehouse text, p_change integer, p_reason text, p_new_warehouse_id uuid, p_new_id uuid)
    RETURNS TABLE (adjusted boolean, movement_id bigint, available integer, reserved integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- Earlier versions of the program know no codes.
    RETURN QUERY
        SELECT a.adjusted, a.movement_id, a.available, a.reserved
        FROM adjust_stock(p_product_id, p_warehouse, p_change, 'OTHER', p_reason, p_new_warehouse_id, p_new_id) AS a;
END;
$$;

COMMENT ON FUNCTION adjust_stock(uuid, text, integer, text, uuid, uuid) IS
    'Changes the available units of a product by hand for a reason in words, as the function with a code for it.';

CREATE OR REPLACE FUNCTION warehouse_for_receipts(p_name text, p_new_id uuid) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_id        uuid;
BEGIN
    -- The second round finds what somebody else has made since the first one looked.
    FOR attempt IN 1..2 LOOP
        SELECT id INTO v_id
        FROM warehouses
        WHERE tenant_id = v_tenant_id AND CASE WHEN p_name IS NULL THEN is_default ELSE name = p_name END;
        IF FOUND THEN
            RETURN v_id;
        END IF;
        INSERT INTO warehouses (tenant_id, id, name, is_default)
        VALUES (v_tenant_id, p_new_id, coalesce(p_name, 'main'), p_name IS NULL)
        ON CONFLICT DO NOTHING
        RETURNING id INTO v_id;
        IF FOUND THEN
            RETURN v_id;
        END IF;
        -- A warehouse that was named "main" before becomes the default one.
        IF p_name IS NULL THEN
            UPDATE warehouses SET is_default = true
            WHERE tenant_id = v_tenant_id AND name = 'main'
              AND NOT EXISTS (SELECT FROM warehouses d WHERE d.tenant_id = v_tenant_id AND d.is_default);
        END IF;
    END LOOP;
    SELECT id INTO STRICT v_id
    FROM warehouses
    WHERE tenant_id = v_tenant_id AND CASE WHEN p_name IS NULL THEN is_default ELSE name = p_name END;
    RETURN v_id;
END;
$$;

COMMENT ON FUNCTION warehouse_for_receipts(text, uuid) IS
    'The warehouse of this name, or the default one where the name is NULL, made with the new id if there is none.';

CREATE OR REPLACE FUNCTION require_active_warehouse(p_warehouse_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- Whoever closes the warehouse waits for the end of this transaction, and whoever comes later for the closing.
    PERFORM FROM warehouses
    WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND id = p_warehouse_id AND active
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'warehouse % takes no units', p_warehouse_id USING ERRCODE = 'CRT02';
    END IF;
END;
$$;

COMMENT ON FUNCTION require_active_warehouse(uuid) IS
    'Raises CRT02 where the warehouse is not active; otherwise it stays active until the transaction ends.';

CREATE OR REPLACE FUNCTION receive_stock(
    p_warehouse text, p_new_warehouse_id uuid, p_references text[], p_product_ids uuid[], p_quantities integer[],
    p_new_ids uuid[])
    RETURNS TABLE (reference text, received boolean, available bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id    uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_warehouse_id uuid := warehouse_for_receipts(p_warehouse, p_new_warehouse_id);
    v_received     text[];
BEGIN
    -- The receipts are claimed in one order and before any stock is locked, so that two batches cannot wait for each other.
    WITH claimed AS (
        INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                         reserved_change, reference_type, reference)
        SELECT v_tenant_id, r.product_id, v_warehouse_id, 'RESTOCK', r.quantity, 0, 'RECEIPT', r.reference
        FROM unnest(p_references, p_product_ids, p_quantities) AS r(reference, product_id, quantity)
        ORDER BY r.reference
        ON CONFLICT (tenant_id, reference) WHERE movement_type = 'RESTOCK' DO NOTHING
        RETURNING reference
    )
    SELECT coalesce(array_agg(reference), '{}') INTO v_received FROM claimed;
    IF cardinality(v_received) > 0 THEN
        PERFORM require_active_warehouse(v_warehouse_id);
    END IF;

    INSERT INTO inventory AS i (tenant_id, id, product_id, warehouse_id, available_quantity)
    SELECT v_tenant_id, min(r.new_id::text)::uuid, r.product_id, v_warehouse_id, sum(r.quantity)
    FROM unnest(p_references, p_product_ids, p_quantities, p_new_ids) AS r(reference, product_id, quantity, new_id)
    JOIN unnest(v_received) AS received(reference) ON received.reference = r.reference
    GROUP BY r.product_id
    ORDER BY r.product_id
    ON CONFLICT (tenant_id, product_id, warehouse_id) DO UPDATE
    SET available_quantity = i.available_quantity + excluded.available_quantity,
        version = i.version + 1,
        updated_at = clock_timestamp();

    RETURN QUERY
        SELECT r.reference, received.reference IS NOT NULL,
               (SELECT coalesce(sum(i.available_quantity), 0) FROM inventory i
                WHERE i.tenant_id = v_tenant_id AND i.product_id = r.product_id)
        FROM unnest(p_references, p_product_ids) WITH ORDINALITY AS r(reference, product_id, position)
        LEFT JOIN unnest(v_received) AS received(reference) ON received.reference = r.reference
        ORDER BY r.position;
END;
$$;

COMMENT ON FUNCTION receive_stock(text, uuid, text[], uuid[], integer[], uuid[]) IS
    'Adds receipts to the stock, each reference once, ever; the references of one call differ. Raises CRT02 where the warehouse is not active and one of them is new. Answers in the order asked whether each was received now, and how much of its product is available.';

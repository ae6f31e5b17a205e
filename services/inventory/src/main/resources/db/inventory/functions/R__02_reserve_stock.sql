CREATE OR REPLACE FUNCTION reserve_stock(
    p_order_id uuid, p_customer_id uuid, p_product_ids uuid[], p_quantities integer[], p_minutes integer,
    p_maximum_open integer)
    RETURNS TABLE (outcome text, expires_at timestamptz, product_id uuid, requested integer, available integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- A line finds its stock by index; a merge would read the stock of the whole shop.
    SET enable_mergejoin = off
    SET enable_hashjoin = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id  uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_units      bigint := (SELECT sum(quantity) FROM unnest(p_quantities) AS quantity);
    v_status     text;
    v_expires_at timestamptz;
    v_open       uuid[];
    v_refused    uuid;
    v_products   uuid[];
    v_warehouses uuid[];
    v_taken      integer[];
    v_shortages  jsonb;
    v_count      integer;
    v_changed    integer;
BEGIN
    -- A concurrent call for the same order waits here for the first one to end.
    INSERT INTO inventory_reservations (tenant_id, order_id, customer_id, status, line_count, units, expires_at)
    VALUES (v_tenant_id, p_order_id, p_customer_id, 'OPEN', cardinality(p_product_ids), v_units,
            clock_timestamp() + make_interval(mins => p_minutes))
    ON CONFLICT (tenant_id, order_id) DO NOTHING
    RETURNING expires_at INTO v_expires_at;

    IF NOT FOUND THEN
        SELECT r.status, r.expires_at INTO STRICT v_status, v_expires_at
        FROM inventory_reservations r
        WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_id;
        RETURN QUERY SELECT CASE WHEN v_status IN ('OPEN', 'CONFIRMED') THEN 'RESERVED' ELSE 'ALREADY_RELEASED' END,
                            v_expires_at, NULL::uuid, NULL::integer, NULL::integer;
        RETURN;
    END IF;

    IF p_customer_id IS NOT NULL THEN
        -- One reservation of a customer at a time, so that the others are counted.
        PERFORM pg_advisory_xact_lock(hashtextextended(v_tenant_id::text || p_customer_id::text, 0));
        v_open := ARRAY(
            SELECT r.order_id
            FROM inventory_reservations r
            WHERE r.tenant_id = v_tenant_id AND r.customer_id = p_customer_id AND r.status = 'OPEN'
              AND r.order_id <> p_order_id);
        -- Few customers have so many that their lines have to be looked at.
        IF cardinality(v_open) >= p_maximum_open THEN
            SELECT l.product_id INTO v_refused
            FROM inventory_reservation_lines l
            WHERE l.tenant_id = v_tenant_id AND l.order_id = ANY (v_open) AND l.product_id = ANY (p_product_ids)
            GROUP BY l.product_id
            HAVING count(DISTINCT l.order_id) >= p_maximum_open
            ORDER BY l.product_id
            LIMIT 1;
        END IF;
        IF v_refused IS NOT NULL THEN
            DELETE FROM inventory_reservations r WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_id;
            RETURN QUERY SELECT 'TOO_MANY', NULL::timestamptz, v_refused, NULL::integer, NULL::integer;
            RETURN;
        END IF;
    END IF;

    -- The first attempt locks stock last, for as short as possible. If somebody was faster, what it wrote is rolled back
    -- and the second attempt locks first, after which nothing can change.
    FOR attempt IN 1..2 LOOP
        BEGIN
            IF attempt = 2 THEN
                PERFORM lock_stock(v_tenant_id, p_product_ids);
            END IF;

            WITH lines AS (
                SELECT l.product_id, l.quantity, i.warehouse_id, coalesce(i.available_quantity, 0) AS available,
                       least(coalesce(i.available_quantity, 0), l.quantity - coalesce(sum(i.available_quantity) OVER (
                           PARTITION BY l.product_id ORDER BY i.warehouse_id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS taken
                FROM unnest(p_product_ids, p_quantities) AS l(product_id, quantity)
                LEFT JOIN inventory i ON i.tenant_id = v_tenant_id AND i.product_id = l.product_id
            ), short AS (
                SELECT lines.product_id, lines.quantity, sum(lines.available) AS available
                FROM lines
                GROUP BY lines.product_id, lines.quantity
                HAVING sum(lines.available) < lines.quantity
            )
            SELECT array_agg(lines.product_id), array_agg(lines.warehouse_id), array_agg(lines.taken::integer),
                   count(*),
                   (SELECT jsonb_agg(to_jsonb(short) ORDER BY short.product_id) FROM short)
            INTO v_products, v_warehouses, v_taken, v_count, v_shortages
            FROM lines
            WHERE lines.taken > 0;

            IF v_shortages IS NOT NULL THEN
                DELETE FROM inventory_reservations r WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_id;
                RETURN QUERY
                    SELECT 'OUT_OF_STOCK', NULL::timestamptz, s.product_id, s.quantity, s.available
                    FROM jsonb_to_recordset(v_shortages) AS s(product_id uuid, quantity integer, available integer);
                RETURN;
            END IF;

            INSERT INTO inventory_reservation_lines (tenant_id, order_id, product_id, warehouse_id, quantity)
            SELECT v_tenant_id, p_order_id, t.product_id, t.warehouse_id, t.quantity
            FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity);

            INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                             reserved_change, reference_type, reference_id)
            SELECT v_tenant_id, t.product_id, t.warehouse_id, 'RESERVE', -t.quantity, t.quantity, 'ORDER', p_order_id
            FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity);

            IF v_count <> cardinality(p_product_ids) THEN
                UPDATE inventory_reservations r SET line_count = v_count
                WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_id;
            END IF;

            IF attempt = 1 AND v_count > 1 THEN
                PERFORM lock_stock(v_tenant_id, v_products);
            END IF;

            UPDATE inventory i
            SET available_quantity = i.available_quantity - t.quantity,
                reserved_quantity = i.reserved_quantity + t.quantity,
                version = i.version + 1,
                updated_at = clock_timestamp()
            FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity)
            WHERE i.tenant_id = v_tenant_id AND i.product_id = t.product_id AND i.warehouse_id = t.warehouse_id
              AND i.available_quantity >= t.quantity;
            GET DIAGNOSTICS v_changed = ROW_COUNT;

            IF v_changed = v_count THEN
                RETURN QUERY SELECT 'RESERVED', v_expires_at, NULL::uuid, NULL::integer, NULL::integer;
                RETURN;
            END IF;
            RAISE EXCEPTION 'stock was taken meanwhile' USING ERRCODE = 'CRT01';
        EXCEPTION WHEN SQLSTATE 'CRT01' THEN
            NULL;
        END;
    END LOOP;
    RAISE EXCEPTION 'the locked stock of order % changed', p_order_id USING ERRCODE = 'data_corrupted';
END;
$$;

COMMENT ON FUNCTION reserve_stock(uuid, uuid, uuid[], integer[], integer, integer) IS
    'Reserves all lines of an order, from the oldest warehouses first, or none. Each product at most once. Answers RESERVED, ALREADY_RELEASED, TOO_MANY with the product, or OUT_OF_STOCK with a row for each product that is short. May be repeated.';

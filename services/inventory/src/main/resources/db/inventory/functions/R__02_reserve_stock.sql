CREATE OR REPLACE FUNCTION reserve_orders(
    p_order_ids uuid[], p_customer_ids uuid[], p_minutes integer[], p_maximum_open integer[], p_line_calls integer[],
    p_product_ids uuid[], p_quantities integer[])
    RETURNS TABLE (call integer, outcome text, expires_at timestamptz, product_id uuid, requested integer,
                   available integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- A line finds its stock by index; a merge would read the stock of the whole shop.
    SET enable_mergejoin = off
    SET enable_hashjoin = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id      uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_calls          integer := cardinality(p_order_ids);
    v_claimed        uuid[];
    v_claimed_until  timestamptz[];
    v_known          text[] := array_fill(NULL::text, ARRAY[v_calls]);
    v_outcomes       text[];
    v_expires        timestamptz[] := array_fill(NULL::timestamptz, ARRAY[v_calls]);
    v_refused        uuid[] := array_fill(NULL::uuid, ARRAY[v_calls]);
    v_watched        uuid[] := '{}';
    v_position       integer;
    v_status         text;
    v_until          timestamptz;
    v_product        uuid;
    -- One element for each line and warehouse that has the product, in the order of the lines.
    v_row_calls      integer[];
    v_row_lines      integer[];
    v_row_products   uuid[];
    v_row_warehouses uuid[];
    v_row_quantities integer[];
    v_row_slots      integer[];
    v_row_available  integer[];
    v_row_taken      integer[];
    -- What is left of the stock of a product in a warehouse, which several rows share.
    v_left           integer[];
    v_row            integer;
    v_first          integer;
    v_wanted         integer;
    v_is_short       boolean;
    v_short_calls    integer[];
    v_short_products uuid[];
    v_short_wanted   integer[];
    v_short_left     integer[];
    v_products       uuid[];
    v_warehouses     uuid[];
    v_taken          integer[];
    v_changed        integer;
BEGIN
    IF (SELECT count(DISTINCT o.order_id) FROM unnest(p_order_ids) AS o(order_id)) <> v_calls THEN
        RAISE EXCEPTION 'an order is reserved once at a time' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    -- A concurrent call for one of the orders waits here for the first one to end.
    WITH claimed AS (
        INSERT INTO inventory_reservations (tenant_id, order_id, customer_id, status, line_count, units, expires_at)
        SELECT v_tenant_id, p_order_ids[c.call], p_customer_ids[c.call], 'OPEN', c.line_count, c.units,
               clock_timestamp() + make_interval(mins => p_minutes[c.call])
        FROM (SELECT l.call, count(*)::integer AS line_count, sum(l.quantity) AS units
              FROM unnest(p_line_calls, p_quantities) AS l(call, quantity)
              GROUP BY l.call) AS c
        ORDER BY p_order_ids[c.call]
        ON CONFLICT (tenant_id, order_id) DO NOTHING
        RETURNING order_id, expires_at
    )
    SELECT coalesce(array_agg(claimed.order_id), '{}'), array_agg(claimed.expires_at)
    INTO v_claimed, v_claimed_until
    FROM claimed;

    FOR i IN 1..v_calls LOOP
        v_position := array_position(v_claimed, p_order_ids[i]);
        IF v_position IS NOT NULL THEN
            v_expires[i] := v_claimed_until[v_position];
        ELSE
            SELECT r.status, r.expires_at INTO STRICT v_status, v_until
            FROM inventory_reservations r
            WHERE r.tenant_id = v_tenant_id AND r.order_id = p_order_ids[i];
            v_known[i] := CASE WHEN v_status IN ('OPEN', 'CONFIRMED') THEN 'RESERVED' ELSE 'ALREADY_RELEASED' END;
            v_expires[i] := v_until;
        END IF;
    END LOOP;

    IF cardinality(array_remove(p_customer_ids, NULL)) > 0 THEN
        -- One reservation of a customer at a time, so that the others are counted.
        PERFORM pg_advisory_xact_lock(k.key)
        FROM (SELECT DISTINCT hashtextextended(v_tenant_id::text || c.customer_id::text, 0) AS key
              FROM unnest(p_customer_ids) AS c(customer_id)
              WHERE c.customer_id IS NOT NULL
              ORDER BY key) AS k;
        -- Few customers have so many that their lines have to be looked at.
        v_watched := ARRAY(
            SELECT c.customer_id
            FROM unnest(p_customer_ids, p_maximum_open) AS c(customer_id, maximum)
            WHERE c.customer_id IS NOT NULL
            GROUP BY c.customer_id
            HAVING min(c.maximum) < (
                SELECT count(*) FROM inventory_reservations r
                WHERE r.tenant_id = v_tenant_id AND r.customer_id = c.customer_id AND r.status = 'OPEN'));
    END IF;

    -- The first attempt locks stock last, for as short as possible. If somebody was faster, what it wrote is rolled back
    -- and the second attempt locks first, after which nothing can change.
    FOR attempt IN 1..2 LOOP
        BEGIN
            IF attempt = 2 THEN
                PERFORM lock_stock(v_tenant_id, p_product_ids);
            END IF;
            v_outcomes := v_known;
            v_short_calls := '{}';
            v_short_products := '{}';
            v_short_wanted := '{}';
            v_short_left := '{}';

            SELECT array_agg(s.call ORDER BY s.line, s.warehouse_id), array_agg(s.line ORDER BY s.line, s.warehouse_id),
                   array_agg(s.product_id ORDER BY s.line, s.warehouse_id),
                   array_agg(s.warehouse_id ORDER BY s.line, s.warehouse_id),
                   array_agg(s.quantity ORDER BY s.line, s.warehouse_id),
                   array_agg(s.slot ORDER BY s.line, s.warehouse_id),
                   array_agg(s.available ORDER BY s.line, s.warehouse_id), array_agg(0)
            INTO v_row_calls, v_row_lines, v_row_products, v_row_warehouses, v_row_quantities, v_row_slots,
                 v_row_available, v_row_taken
            FROM (SELECT l.call, l.line::integer AS line, l.product_id, i.warehouse_id, l.quantity,
                         coalesce(i.available_quantity, 0) AS available,
                         dense_rank() OVER (ORDER BY l.product_id, i.warehouse_id)::integer AS slot
                  FROM unnest(p_line_calls, p_product_ids, p_quantities)
                       WITH ORDINALITY AS l(call, product_id, quantity, line)
                  LEFT JOIN inventory i ON i.tenant_id = v_tenant_id AND i.product_id = l.product_id) AS s;
            v_left := array_fill(0, ARRAY[cardinality(v_row_slots)]);
            FOR i IN 1..cardinality(v_row_slots) LOOP
                v_left[v_row_slots[i]] := v_row_available[i];
            END LOOP;

            -- Who came first is served first, with all that is asked for or nothing.
            v_row := 1;
            FOR i IN 1..v_calls LOOP
                v_first := v_row;
                v_is_short := false;
                WHILE v_row_calls[v_row] = i LOOP
                    IF v_row = v_first OR v_row_lines[v_row] <> v_row_lines[v_row - 1] THEN
                        v_wanted := v_row_quantities[v_row];
                    END IF;
                    v_row_taken[v_row] := least(v_wanted, v_left[v_row_slots[v_row]]);
                    v_wanted := v_wanted - v_row_taken[v_row];
                    IF v_wanted > 0 AND v_row_lines[v_row + 1] IS DISTINCT FROM v_row_lines[v_row]
                       AND v_outcomes[i] IS NULL THEN
                        v_is_short := true;
                        v_short_calls := v_short_calls || i;
                        v_short_products := v_short_products || v_row_products[v_row];
                        v_short_wanted := v_short_wanted || v_row_quantities[v_row];
                        v_short_left := v_short_left || (v_row_quantities[v_row] - v_wanted);
                    END IF;
                    v_row := v_row + 1;
                END LOOP;

                v_product := NULL;
                IF v_outcomes[i] IS NULL AND p_customer_ids[i] = ANY (v_watched) THEN
                    SELECT o.product_id INTO v_product
                    FROM (SELECT l.product_id, l.order_id
                          FROM inventory_reservations r
                          JOIN inventory_reservation_lines l ON l.tenant_id = r.tenant_id AND l.order_id = r.order_id
                          WHERE r.tenant_id = v_tenant_id AND r.customer_id = p_customer_ids[i] AND r.status = 'OPEN'
                          UNION ALL
                          SELECT e.product_id, p_order_ids[e.call]
                          FROM unnest(p_line_calls, p_product_ids) AS e(call, product_id)
                          WHERE e.call < i AND p_customer_ids[e.call] = p_customer_ids[i]
                            AND v_outcomes[e.call] = 'RESERVED' AND v_known[e.call] IS NULL) AS o
                    WHERE o.product_id = ANY (v_row_products[v_first:v_row - 1])
                    GROUP BY o.product_id
                    HAVING count(DISTINCT o.order_id) >= p_maximum_open[i]
                    ORDER BY o.product_id
                    LIMIT 1;
                END IF;

                IF v_outcomes[i] IS NULL AND v_product IS NULL AND NOT v_is_short THEN
                    v_outcomes[i] := 'RESERVED';
                    FOR taken_row IN v_first..v_row - 1 LOOP
                        v_left[v_row_slots[taken_row]] := v_left[v_row_slots[taken_row]] - v_row_taken[taken_row];
                    END LOOP;
                ELSE
                    IF v_outcomes[i] IS NULL THEN
                        v_refused[i] := v_product;
                        v_outcomes[i] := CASE WHEN v_product IS NULL THEN 'OUT_OF_STOCK' ELSE 'TOO_MANY' END;
                    END IF;
                    FOR taken_row IN v_first..v_row - 1 LOOP
                        v_row_taken[taken_row] := 0;
                    END LOOP;
                END IF;
            END LOOP;

            IF array_position(v_outcomes, 'OUT_OF_STOCK') IS NOT NULL
               OR array_position(v_outcomes, 'TOO_MANY') IS NOT NULL THEN
                DELETE FROM inventory_reservations r
                WHERE r.tenant_id = v_tenant_id AND r.order_id = ANY (ARRAY(
                    SELECT c.order_id FROM unnest(p_order_ids, v_outcomes) AS c(order_id, outcome)
                    WHERE c.outcome IN ('OUT_OF_STOCK', 'TOO_MANY')));
            END IF;

            SELECT array_agg(t.product_id), array_agg(t.warehouse_id), array_agg(t.quantity)
            INTO v_products, v_warehouses, v_taken
            FROM (SELECT t.product_id, t.warehouse_id, sum(t.quantity)::integer AS quantity
                  FROM unnest(v_row_products, v_row_warehouses, v_row_taken) AS t(product_id, warehouse_id, quantity)
                  WHERE t.quantity > 0
                  GROUP BY t.product_id, t.warehouse_id) AS t;

            IF v_products IS NOT NULL THEN
                INSERT INTO inventory_reservation_lines (tenant_id, order_id, product_id, warehouse_id, quantity)
                SELECT v_tenant_id, p_order_ids[t.call], t.product_id, t.warehouse_id, t.quantity
                FROM unnest(v_row_calls, v_row_products, v_row_warehouses, v_row_taken)
                     AS t(call, product_id, warehouse_id, quantity)
                WHERE t.quantity > 0;

                INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                                 reserved_change, reference_type, reference_id)
                SELECT v_tenant_id, t.product_id, t.warehouse_id, 'RESERVE', -t.quantity, t.quantity, 'ORDER',
                       p_order_ids[t.call]
                FROM unnest(v_row_calls, v_row_products, v_row_warehouses, v_row_taken)
                     AS t(call, product_id, warehouse_id, quantity)
                WHERE t.quantity > 0;

                -- A line that is taken from several warehouses is several lines.
                IF cardinality(v_row_calls) > cardinality(p_line_calls) THEN
                    UPDATE inventory_reservations r
                    SET line_count = t.line_count
                    FROM (SELECT p_order_ids[t.call] AS order_id, count(*) AS line_count
                          FROM unnest(v_row_calls, v_row_taken) AS t(call, quantity)
                          WHERE t.quantity > 0
                          GROUP BY t.call) AS t
                    WHERE r.tenant_id = v_tenant_id AND r.order_id = t.order_id AND r.line_count <> t.line_count;
                END IF;

                IF attempt = 1 AND cardinality(v_products) > 1 THEN
                    PERFORM lock_stock(v_tenant_id, v_products);
                END IF;

                -- Orders that share a product change its row once.
                UPDATE inventory i
                SET available_quantity = i.available_quantity - t.quantity,
                    reserved_quantity = i.reserved_quantity + t.quantity,
                    version = i.version + 1,
                    updated_at = clock_timestamp()
                FROM unnest(v_products, v_warehouses, v_taken) AS t(product_id, warehouse_id, quantity)
                WHERE i.tenant_id = v_tenant_id AND i.product_id = t.product_id AND i.warehouse_id = t.warehouse_id
                  AND i.available_quantity >= t.quantity;
                GET DIAGNOSTICS v_changed = ROW_COUNT;
                IF v_changed <> cardinality(v_products) THEN
                    RAISE EXCEPTION 'stock was taken meanwhile' USING ERRCODE = 'CRT01';
                END IF;
            END IF;

            RETURN QUERY
                SELECT c.call::integer, c.outcome,
                       CASE WHEN c.outcome IN ('RESERVED', 'ALREADY_RELEASED') THEN c.expires_at END,
                       c.refused, NULL::integer, NULL::integer
                FROM unnest(v_outcomes, v_expires, v_refused)
                     WITH ORDINALITY AS c(outcome, expires_at, refused, call)
                WHERE c.outcome <> 'OUT_OF_STOCK';
            RETURN QUERY
                SELECT s.call, 'OUT_OF_STOCK', NULL::timestamptz, s.product_id, s.requested, s.available
                FROM unnest(v_short_calls, v_short_products, v_short_wanted, v_short_left)
                     AS s(call, product_id, requested, available)
                WHERE v_outcomes[s.call] = 'OUT_OF_STOCK'
                ORDER BY s.call, s.product_id;
            RETURN;
        EXCEPTION WHEN SQLSTATE 'CRT01' THEN
            NULL;
        END;
    END LOOP;
    RAISE EXCEPTION 'the locked stock of % orders changed', v_calls USING ERRCODE = 'data_corrupted';
END;
$$;

COMMENT ON FUNCTION reserve_orders(uuid[], uuid[], integer[], integer[], integer[], uuid[], integer[]) IS
    'Reserves orders, different ones, in the order of the arrays: all lines of one, from the oldest warehouses first, or none. The lines stand in the order of the calls, whose numbers, from 1, they name; each product at most once an order. Answers for each call RESERVED, ALREADY_RELEASED, TOO_MANY with the product, or OUT_OF_STOCK with a row for each product that is short. May be repeated.';

CREATE OR REPLACE FUNCTION reserve_stock(
    p_order_id uuid, p_customer_id uuid, p_product_ids uuid[], p_quantities integer[], p_minutes integer,
    p_maximum_open integer)
    RETURNS TABLE (outcome text, expires_at timestamptz, product_id uuid, requested integer, available integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- Earlier versions of the program reserve one order at a time.
    RETURN QUERY
        SELECT r.outcome, r.expires_at, r.product_id, r.requested, r.available
        FROM reserve_orders(ARRAY[p_order_id], ARRAY[p_customer_id], ARRAY[p_minutes], ARRAY[p_maximum_open],
                            array_fill(1, ARRAY[cardinality(p_product_ids)]), p_product_ids, p_quantities) AS r;
END;
$$;

COMMENT ON FUNCTION reserve_stock(uuid, uuid, uuid[], integer[], integer, integer) IS
    'Reserves all lines of one order or none, as reserve_orders.';

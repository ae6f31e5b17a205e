CREATE OR REPLACE FUNCTION take_stock(
    p_tenant_id uuid, p_order_ids uuid[], p_admitted boolean[], p_line_calls integer[], p_product_ids uuid[],
    p_quantities integer[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_is_enough boolean;
    v_asked     integer;
    v_taken     integer;
    v_kinds     integer;
    v_changed   integer;
BEGIN
    -- The lines of a product stand in a row, each as long as its quantity, and so do the warehouses that have it. Where a line
    -- lies beside a warehouse, it is taken from there. Where the shop has not decided for priorities, nothing is read of the
    -- warehouses, and the oldest come first.
    WITH asked AS MATERIALIZED (
        SELECT l.line, l.product_id, l.quantity, p_order_ids[l.call] AS order_id
        FROM unnest(p_line_calls, p_product_ids, p_quantities) WITH ORDINALITY AS l(call, product_id, quantity, line)
        WHERE p_admitted[l.call]
    ), beside AS (
        SELECT a.order_id, a.product_id, i.warehouse_id, a.quantity AS wanted, i.available_quantity AS available,
               sum(a.quantity) OVER (PARTITION BY a.product_id, i.warehouse_id ORDER BY a.line) AS line_end,
               sum(i.available_quantity) OVER (PARTITION BY a.line ORDER BY w.priority, i.warehouse_id) AS warehouse_end
        FROM asked a
        JOIN inventory i ON i.tenant_id = p_tenant_id AND i.product_id = a.product_id
        LEFT JOIN warehouses w
            ON (SELECT s.allocation_rule = 'BY_PRIORITY' FROM inventory_settings s WHERE s.tenant_id = p_tenant_id)
               AND w.tenant_id = p_tenant_id AND w.id = i.warehouse_id
    ), taken AS MATERIALIZED (
        SELECT b.order_id, b.product_id, b.warehouse_id,
               (least(b.line_end, b.warehouse_end)
                - greatest(b.line_end - b.wanted, b.warehouse_end - b.available))::integer AS quantity
        FROM beside b
        WHERE least(b.line_end, b.warehouse_end) > greatest(b.line_end - b.wanted, b.warehouse_end - b.available)
    ), enough AS MATERIALIZED (
        SELECT (SELECT coalesce(sum(a.quantity), 0) FROM asked a)
               = (SELECT coalesce(sum(t.quantity), 0) FROM taken t) AS is_so
    ), held AS (
        INSERT INTO inventory_reservation_lines (tenant_id, order_id, product_id, warehouse_id, quantity)
        SELECT p_tenant_id, t.order_id, t.product_id, t.warehouse_id, t.quantity
        FROM taken t
        WHERE (SELECT is_so FROM enough)
        RETURNING 1
    ), noted AS (
        INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                         reserved_change, reference_type, reference_id)
        SELECT p_tenant_id, t.product_id, t.warehouse_id, 'RESERVE', -t.quantity, t.quantity, 'ORDER', t.order_id
        FROM taken t
        WHERE (SELECT is_so FROM enough)
        RETURNING 1
    ), kinds AS MATERIALIZED (
        -- Orders that share a product change its row once.
        SELECT t.product_id, t.warehouse_id, sum(t.quantity)::integer AS quantity
        FROM taken t
        WHERE (SELECT is_so FROM enough)
        GROUP BY t.product_id, t.warehouse_id
    ), locked AS MATERIALIZED (
        -- As lock_stock does it, and last, for as short as possible: what is written before is counted first.
        SELECT k.product_id, k.warehouse_id, k.quantity
        FROM kinds k
        JOIN inventory i ON i.tenant_id = p_tenant_id AND i.product_id = k.product_id AND i.warehouse_id = k.warehouse_id
        WHERE (SELECT count(*) FROM held) = (SELECT count(*) FROM noted)
        ORDER BY i.product_id, i.warehouse_id
        FOR NO KEY UPDATE OF i
    ), changed AS (
        UPDATE inventory i
        SET available_quantity = i.available_quantity - k.quantity,
            reserved_quantity = i.reserved_quantity + k.quantity,
            version = i.version + 1,
            updated_at = clock_timestamp()
        FROM locked k
        WHERE i.tenant_id = p_tenant_id AND i.product_id = k.product_id AND i.warehouse_id = k.warehouse_id
          AND i.available_quantity >= k.quantity
        RETURNING 1
    )
    SELECT (SELECT is_so FROM enough), (SELECT count(*) FROM asked), (SELECT count(*) FROM taken),
           (SELECT count(*) FROM kinds), (SELECT count(*) FROM changed)
    INTO v_is_enough, v_asked, v_taken, v_kinds, v_changed;
    IF v_changed <> v_kinds THEN
        RAISE EXCEPTION 'stock was taken meanwhile' USING ERRCODE = 'CRT01';
    END IF;
    -- A line that is taken from several warehouses is several lines.
    IF v_is_enough AND v_taken > v_asked THEN
        UPDATE inventory_reservations r
        SET line_count = t.line_count
        FROM (SELECT l.order_id, count(*) AS line_count
              FROM inventory_reservation_lines l
              WHERE l.tenant_id = p_tenant_id AND l.order_id = ANY (p_order_ids)
              GROUP BY l.order_id) AS t
        WHERE r.tenant_id = p_tenant_id AND r.order_id = t.order_id AND r.line_count <> t.line_count;
    END IF;
    RETURN v_is_enough;
END;
$$;

COMMENT ON FUNCTION take_stock(uuid, uuid[], boolean[], integer[], uuid[], integer[]) IS
    'Takes all lines of the admitted orders from the stock, from the warehouses that come first by the shop''s allocation rule, and writes lines and ledger; false, and nothing is done, where there is not enough. Raises CRT01 where somebody else was faster, unless the stock is locked.';

CREATE OR REPLACE FUNCTION take_from_one_warehouse(
    p_tenant_id uuid, p_order_id uuid, p_product_ids uuid[], p_quantities integer[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_serving integer;
    v_asked   integer;
    v_changed integer;
BEGIN
    WITH asked AS MATERIALIZED (
        SELECT l.product_id, l.quantity FROM unnest(p_product_ids, p_quantities) AS l(product_id, quantity)
    ), serving AS MATERIALIZED (
        SELECT i.warehouse_id
        FROM asked a
        JOIN inventory i ON i.tenant_id = p_tenant_id AND i.product_id = a.product_id
        JOIN warehouses w ON w.tenant_id = p_tenant_id AND w.id = i.warehouse_id
        WHERE i.available_quantity >= a.quantity
        GROUP BY i.warehouse_id, w.priority
        HAVING count(*) = (SELECT count(*) FROM asked)
        ORDER BY w.priority, i.warehouse_id
        LIMIT 1
    ), held AS (
        INSERT INTO inventory_reservation_lines (tenant_id, order_id, product_id, warehouse_id, quantity)
        SELECT p_tenant_id, p_order_id, a.product_id, s.warehouse_id, a.quantity
        FROM asked a
        CROSS JOIN serving s
    ), noted AS (
        INSERT INTO inventory_movements (tenant_id, product_id, warehouse_id, movement_type, available_change,
                                         reserved_change, reference_type, reference_id)
        SELECT p_tenant_id, a.product_id, s.warehouse_id, 'RESERVE', -a.quantity, a.quantity, 'ORDER', p_order_id
        FROM asked a
        CROSS JOIN serving s
    ), changed AS (
        UPDATE inventory i
        SET available_quantity = i.available_quantity - a.quantity,
            reserved_quantity = i.reserved_quantity + a.quantity,
            version = i.version + 1,
            updated_at = clock_timestamp()
        FROM asked a
        CROSS JOIN serving s
        WHERE i.tenant_id = p_tenant_id AND i.product_id = a.product_id AND i.warehouse_id = s.warehouse_id
          AND i.available_quantity >= a.quantity
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM serving), (SELECT count(*) FROM asked), (SELECT count(*) FROM changed)
    INTO v_serving, v_asked, v_changed;
    IF v_serving = 1 AND v_changed <> v_asked THEN
        RAISE EXCEPTION 'stock was taken meanwhile' USING ERRCODE = 'CRT01';
    END IF;
    RETURN v_serving = 1;
END;
$$;

COMMENT ON FUNCTION take_from_one_warehouse(uuid, uuid, uuid[], integer[]) IS
    'Takes all lines of an order from the first warehouse by priority that has all of them, and writes lines and ledger; false, and nothing is done, where none has. The stock is locked.';

CREATE OR REPLACE FUNCTION take_from_single_warehouses(
    p_tenant_id uuid, p_order_ids uuid[], p_admitted boolean[], p_line_calls integer[], p_product_ids uuid[],
    p_quantities integer[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_last  integer := 0;
    v_first integer;
BEGIN
    -- What one order takes decides which warehouses have enough for the next one.
    FOR i IN 1..cardinality(p_order_ids) LOOP
        v_first := v_last + 1;
        WHILE p_line_calls[v_last + 1] = i LOOP
            v_last := v_last + 1;
        END LOOP;
        CONTINUE WHEN NOT p_admitted[i];
        IF NOT take_from_one_warehouse(
               p_tenant_id, p_order_ids[i], p_product_ids[v_first:v_last], p_quantities[v_first:v_last])
           AND NOT take_stock(
               p_tenant_id, p_order_ids[i:i], ARRAY[true], array_fill(1, ARRAY[v_last - v_first + 1]),
               p_product_ids[v_first:v_last], p_quantities[v_first:v_last])
        THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END;
$$;

COMMENT ON FUNCTION take_from_single_warehouses(uuid, uuid[], boolean[], integer[], uuid[], integer[]) IS
    'Takes all lines of the admitted orders, one order after the other: from one warehouse where one has all of them, else as take_stock. The stock is locked, and there is enough for all; false where there is not, after some were taken.';

CREATE OR REPLACE FUNCTION refuse_orders(
    p_tenant_id uuid, p_order_ids uuid[], p_customer_ids uuid[], p_maximum_open integer[], p_watched uuid[],
    p_pending boolean[], p_line_calls integer[], p_product_ids uuid[], p_quantities integer[])
    RETURNS TABLE (call integer, outcome text, product_id uuid, requested integer, available integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_admitted boolean[] := '{}';
    -- For each line the number of its product, and for each product what is left of it.
    v_products integer[];
    v_stock    bigint[];
    v_left     bigint[];
    v_last     integer := 0;
    v_first    integer;
    v_is_short boolean;
    v_refused  uuid;
BEGIN
    SELECT array_agg(l.product ORDER BY l.line), array_agg(l.stock ORDER BY l.line)
    INTO v_products, v_stock
    FROM (SELECT l.line, dense_rank() OVER (ORDER BY l.product_id)::integer AS product,
                 (SELECT coalesce(sum(i.available_quantity), 0) FROM inventory i
                  WHERE i.tenant_id = p_tenant_id AND i.product_id = l.product_id) AS stock
          FROM unnest(p_product_ids) WITH ORDINALITY AS l(product_id, line)) AS l;
    v_left := array_fill(0::bigint, ARRAY[cardinality(v_products)]);
    FOR line IN 1..cardinality(v_products) LOOP
        v_left[v_products[line]] := v_stock[line];
    END LOOP;

    -- Who came first is served first, with all that is asked for or nothing.
    FOR i IN 1..cardinality(p_order_ids) LOOP
        v_first := v_last + 1;
        v_is_short := false;
        WHILE p_line_calls[v_last + 1] = i LOOP
            v_last := v_last + 1;
            v_is_short := v_is_short OR p_quantities[v_last] > v_left[v_products[v_last]];
        END LOOP;
        v_admitted[i] := false;
        CONTINUE WHEN NOT p_pending[i];

        v_refused := NULL;
        IF p_customer_ids[i] = ANY (p_watched) THEN
            SELECT o.product_id INTO v_refused
            FROM (SELECT l.product_id, l.order_id
                  FROM inventory_reservations r
                  JOIN inventory_reservation_lines l ON l.tenant_id = r.tenant_id AND l.order_id = r.order_id
                  WHERE r.tenant_id = p_tenant_id AND r.customer_id = p_customer_ids[i] AND r.status = 'OPEN'
                  UNION ALL
                  SELECT e.product_id, p_order_ids[e.call]
                  FROM unnest(p_line_calls, p_product_ids) AS e(call, product_id)
                  WHERE e.call < i AND p_customer_ids[e.call] = p_customer_ids[i] AND v_admitted[e.call]) AS o
            WHERE o.product_id = ANY (p_product_ids[v_first:v_last])
            GROUP BY o.product_id
            HAVING count(DISTINCT o.order_id) >= p_maximum_open[i]
            ORDER BY o.product_id
            LIMIT 1;
        END IF;
        IF v_refused IS NOT NULL THEN
            RETURN QUERY SELECT i, 'TOO_MANY', v_refused, NULL::integer, NULL::integer;
            CONTINUE;
        END IF;

        v_admitted[i] := NOT v_is_short;
        FOR line IN v_first..v_last LOOP
            IF v_admitted[i] THEN
                v_left[v_products[line]] := v_left[v_products[line]] - p_quantities[line];
            ELSIF p_quantities[line] > v_left[v_products[line]] THEN
                call := i;
                outcome := 'OUT_OF_STOCK';
                product_id := p_product_ids[line];
                requested := p_quantities[line];
                available := v_left[v_products[line]];
                RETURN NEXT;
            END IF;
        END LOOP;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION refuse_orders(
    uuid, uuid[], uuid[], integer[], uuid[], boolean[], integer[], uuid[], integer[]) IS
    'Names those of the pending orders, in the order in which they came, for which there is not enough stock, with a row for each product that is short, or whose customer holds too many reservations of a product. Writes nothing.';

CREATE OR REPLACE FUNCTION reserve_orders(
    p_order_ids uuid[], p_customer_ids uuid[], p_minutes integer[], p_maximum_open integer[], p_line_calls integer[],
    p_product_ids uuid[], p_quantities integer[])
    RETURNS TABLE (call integer, outcome text, expires_at timestamptz, product_id uuid, requested integer,
                   available integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- A line finds its stock by index, in what is called from here too; a merge would read the stock of the whole shop.
    SET enable_mergejoin = off
    SET enable_hashjoin = off
    -- No plan depends on the values, nor on how few rows there were when it was made.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_calls     integer := cardinality(p_order_ids);
    v_claimed   integer;
    -- Those that are new, and what becomes of the others.
    v_pending   boolean[];
    v_known     text[] := array_fill(NULL::text, ARRAY[v_calls]);
    v_until     timestamptz[];
    v_watched   uuid[] := '{}';
    v_admitted  boolean[];
    v_refused   integer[];
    v_outcomes  text[];
    v_products  uuid[];
    v_requested integer[];
    v_available integer[];
    -- Whether each order goes to a warehouse that has all of it, where there is one.
    v_is_single boolean;
BEGIN
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
    SELECT count(DISTINCT asked.order_id), array_agg(claimed.order_id IS NOT NULL ORDER BY asked.call),
           array_agg(claimed.expires_at ORDER BY asked.call),
           coalesce((SELECT s.single_warehouse_first FROM inventory_settings s WHERE s.tenant_id = v_tenant_id), false)
    INTO v_claimed, v_pending, v_until, v_is_single
    FROM unnest(p_order_ids) WITH ORDINALITY AS asked(order_id, call)
    LEFT JOIN claimed ON claimed.order_id = asked.order_id;
    IF v_claimed <> v_calls THEN
        RAISE EXCEPTION 'an order is reserved once at a time' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    IF false = ANY (v_pending) THEN
        SELECT array_agg(CASE WHEN v_pending[asked.call] THEN NULL
                              WHEN r.status IN ('OPEN', 'CONFIRMED') THEN 'RESERVED'
                              ELSE 'ALREADY_RELEASED' END ORDER BY asked.call),
               array_agg(r.expires_at ORDER BY asked.call)
        INTO v_known, v_until
        FROM unnest(p_order_ids) WITH ORDINALITY AS asked(order_id, call)
        JOIN inventory_reservations r ON r.tenant_id = v_tenant_id AND r.order_id = asked.order_id;
        IF cardinality(v_until) IS DISTINCT FROM v_calls THEN
            RAISE EXCEPTION 'an order that was reserved before is gone' USING ERRCODE = 'data_corrupted';
        END IF;
    END IF;

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
    -- and the second attempt locks first, after which nothing can change. Orders that look for one warehouse each are
    -- taken one by one, so that their stock is locked first in any case, and all that their statements count after it.
    FOR attempt IN CASE WHEN v_is_single THEN 2 ELSE 1 END..2 LOOP
        BEGIN
            IF attempt = 2 THEN
                PERFORM lock_stock(v_tenant_id, p_product_ids);
            END IF;
            IF v_is_single THEN
                PERFORM FROM inventory_presences p
                WHERE p.tenant_id = v_tenant_id AND p.product_id = ANY (p_product_ids)
                ORDER BY p.product_id
                FOR NO KEY UPDATE;
            END IF;
            v_refused := '{}';
            -- Mostly there is enough for all.
            IF v_is_single OR cardinality(v_watched) > 0 OR NOT take_stock(
                v_tenant_id, p_order_ids, v_pending, p_line_calls, p_product_ids, p_quantities)
            THEN
                SELECT coalesce(array_agg(r.call), '{}'), array_agg(r.outcome), array_agg(r.product_id),
                       array_agg(r.requested), array_agg(r.available)
                INTO v_refused, v_outcomes, v_products, v_requested, v_available
                FROM refuse_orders(v_tenant_id, p_order_ids, p_customer_ids, p_maximum_open, v_watched, v_pending,
                                   p_line_calls, p_product_ids, p_quantities) AS r;
                DELETE FROM inventory_reservations r
                WHERE r.tenant_id = v_tenant_id
                  AND r.order_id = ANY (ARRAY(SELECT p_order_ids[c.call] FROM unnest(v_refused) AS c(call)));
                v_admitted := ARRAY(
                    SELECT p.is_new AND p.call <> ALL (v_refused)
                    FROM unnest(v_pending) WITH ORDINALITY AS p(is_new, call)
                    ORDER BY p.call);
                IF true = ANY (v_admitted) AND NOT (CASE WHEN v_is_single
                    THEN take_from_single_warehouses(
                        v_tenant_id, p_order_ids, v_admitted, p_line_calls, p_product_ids, p_quantities)
                    ELSE take_stock(
                        v_tenant_id, p_order_ids, v_admitted, p_line_calls, p_product_ids, p_quantities) END)
                THEN
                    RAISE EXCEPTION 'stock was taken since it was looked at' USING ERRCODE = 'CRT01';
                END IF;
            END IF;

            RETURN QUERY
                SELECT c.call::integer, coalesce(c.known, 'RESERVED'), c.until, NULL::uuid, NULL::integer,
                       NULL::integer
                FROM unnest(v_known, v_until) WITH ORDINALITY AS c(known, until, call)
                WHERE c.call <> ALL (v_refused);
            IF cardinality(v_refused) > 0 THEN
                RETURN QUERY
                    SELECT r.call, r.outcome, NULL::timestamptz, r.product_id, r.requested, r.available
                    FROM unnest(v_refused, v_outcomes, v_products, v_requested, v_available)
                         AS r(call, outcome, product_id, requested, available)
                    ORDER BY r.call, r.product_id;
            END IF;
            RETURN;
        EXCEPTION WHEN SQLSTATE 'CRT01' THEN
            NULL;
        END;
    END LOOP;
    RAISE EXCEPTION 'the locked stock of % orders changed', v_calls USING ERRCODE = 'data_corrupted';
END;
$$;

COMMENT ON FUNCTION reserve_orders(uuid[], uuid[], integer[], integer[], integer[], uuid[], integer[]) IS
    'Reserves orders, different ones, in the order of the arrays: all lines of one, from the warehouses that come first by the shop''s allocation rule, or none. The lines stand in the order of the calls, whose numbers, from 1, they name; each product at most once an order. Answers for each call RESERVED, ALREADY_RELEASED, TOO_MANY with the product, or OUT_OF_STOCK with a row for each product that is short. May be repeated.';

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

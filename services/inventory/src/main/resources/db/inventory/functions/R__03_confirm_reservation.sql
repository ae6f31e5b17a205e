CREATE OR REPLACE FUNCTION confirm_reservations(p_order_ids uuid[]) RETURNS TABLE (status text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values, nor on how few rows there were when it was made.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_confirmed uuid[];
BEGIN
    -- Orders first, then stock, each in the one order in which everybody locks them.
    WITH still_open AS MATERIALIZED (
        SELECT r.order_id
        FROM inventory_reservations r
        WHERE r.tenant_id = v_tenant_id AND r.order_id = ANY (p_order_ids)
          -- By its key, not by the index of all that are OPEN.
          AND CASE r.status WHEN 'OPEN' THEN true ELSE false END
        ORDER BY r.order_id
        FOR NO KEY UPDATE
    ), confirmed AS (
        UPDATE inventory_reservations r
        SET status = 'CONFIRMED', ended_at = clock_timestamp()
        WHERE r.tenant_id = v_tenant_id AND r.order_id = ANY (ARRAY(SELECT o.order_id FROM still_open o))
        RETURNING r.order_id
    )
    SELECT coalesce(array_agg(order_id), '{}') INTO v_confirmed FROM confirmed;
    IF cardinality(v_confirmed) > 0 THEN
        PERFORM end_reservations(array_fill(v_tenant_id, ARRAY[cardinality(v_confirmed)]), v_confirmed,
                                 'CONFIRM', 0, -1, NULL);
    END IF;

    RETURN QUERY
        SELECT CASE WHEN asked.order_id = ANY (v_confirmed) THEN 'CONFIRMED'
                    ELSE coalesce((SELECT r.status::text FROM inventory_reservations r
                                   WHERE r.tenant_id = v_tenant_id AND r.order_id = asked.order_id), 'NONE') END
        FROM unnest(p_order_ids) WITH ORDINALITY AS asked(order_id, position)
        ORDER BY asked.position;
END;
$$;

COMMENT ON FUNCTION confirm_reservations(uuid[]) IS
    'Turns the open reservations of orders into sales. Answers for each, in their order, CONFIRMED, or the status that it has instead, or NONE. An order may be named twice. May be repeated.';

CREATE OR REPLACE FUNCTION confirm_reservation(p_order_id uuid) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- Earlier versions of the program confirm one order at a time.
    RETURN (SELECT c.status FROM confirm_reservations(ARRAY[p_order_id]) AS c);
END;
$$;

COMMENT ON FUNCTION confirm_reservation(uuid) IS
    'Turns the open reservation of one order into a sale, as confirm_reservations.';

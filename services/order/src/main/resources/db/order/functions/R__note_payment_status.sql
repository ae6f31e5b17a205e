CREATE OR REPLACE FUNCTION payment_status_rank(p_payment_status text) RETURNS integer
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT CASE p_payment_status
        WHEN 'PENDING' THEN 0
        WHEN 'AUTHORIZED' THEN 1
        WHEN 'FAILED' THEN 2
        WHEN 'CANCELLED' THEN 2
        WHEN 'CAPTURED' THEN 3
        WHEN 'SETTLED' THEN 4
        WHEN 'PARTIALLY_REFUNDED' THEN 5
        WHEN 'REFUNDED' THEN 6
    END
$$;

COMMENT ON FUNCTION payment_status_rank(text) IS
    'How far a payment is: what is known of it only ever grows, in whichever order it becomes known';

CREATE OR REPLACE FUNCTION note_payment_statuses(
    p_tenant_id uuid, p_order_ids uuid[], p_payment_ids uuid[], p_payment_statuses text[]
) RETURNS TABLE (call integer, was_changed boolean, status text, payment_status text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- Each order is found by its key: before there are statistics, reading all orders of the shop looks cheaper. That it is
    -- among those that are asked for is said for the planner too, whose plan is kept while the shop grows.
    SET enable_seqscan = off
    SET enable_hashjoin = off
    SET enable_mergejoin = off
    SET enable_material = off
    -- Short arrays look so cheap that their statements would be planned anew at each call.
    SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    v_tried integer[] := '{}';
    v_now   integer[];
    v_noted integer[];
BEGIN
    -- Of several calls for one order the next is tried after the one before it was answered.
    WHILE cardinality(v_tried) < cardinality(p_order_ids) LOOP
        WITH next_of_each_order AS (
            SELECT DISTINCT ON (a.id) a.id, a.payment_id, a.payment_status, a.call::integer AS call
            FROM unnest(p_order_ids, p_payment_ids, p_payment_statuses)
                WITH ORDINALITY AS a (id, payment_id, payment_status, call)
            WHERE a.call <> ALL (v_tried)
            -- In this order they are locked.
            ORDER BY a.id, a.call
        ), noted AS (
            UPDATE orders o
            SET payment_status = n.payment_status, updated_at = now(), version = o.version + 1
            FROM next_of_each_order n
            WHERE o.tenant_id = p_tenant_id AND o.id = n.id AND o.id = ANY (p_order_ids)
              AND (o.payment_id = n.payment_id
                OR o.payment_id IS NULL AND (o.status = 'CANCELLED' OR n.payment_status = 'CANCELLED'))
              AND payment_status_rank(n.payment_status) > payment_status_rank(o.payment_status)
            RETURNING n.call
        )
        SELECT array_agg(n.call), coalesce(array_agg(w.call) FILTER (WHERE w.call IS NOT NULL), '{}')
        INTO v_now, v_noted
        FROM next_of_each_order n
        LEFT JOIN noted w ON w.call = n.call;

        RETURN QUERY
        SELECT n.call, n.call = ANY (v_noted), o.status, o.payment_status
        FROM unnest(v_now) AS n (call)
        LEFT JOIN orders o ON o.tenant_id = p_tenant_id AND o.id = p_order_ids[n.call]
          AND (o.payment_id = p_payment_ids[n.call]
            OR o.payment_id IS NULL AND (o.status = 'CANCELLED' OR p_payment_statuses[n.call] = 'CANCELLED'));
        v_tried := v_tried || v_now;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION note_payment_statuses(uuid, uuid[], uuid[], text[]) IS
    'Notes how far the payments of orders are, unless they are known to be further, as if one after the other. Answers for each, by its number from 1; with no status if the order does not know the payment; one that was never paid knows any that is cancelled, and any once it is cancelled itself';

CREATE OR REPLACE FUNCTION note_payment_status(
    p_tenant_id uuid, p_order_id uuid, p_payment_id uuid, p_payment_status text
) RETURNS TABLE (was_changed boolean, status text, payment_status text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- Earlier versions of the program note one event at a time.
    RETURN QUERY
    SELECT n.was_changed, n.status, n.payment_status
    FROM note_payment_statuses(p_tenant_id, ARRAY[p_order_id], ARRAY[p_payment_id], ARRAY[p_payment_status]) AS n
    WHERE n.status IS NOT NULL;
END;
$$;

COMMENT ON FUNCTION note_payment_status(uuid, uuid, uuid, text) IS
    'Notes how far the payment of one order is, as note_payment_statuses; no row if the order does not know it';

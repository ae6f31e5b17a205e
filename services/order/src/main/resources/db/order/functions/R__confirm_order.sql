CREATE OR REPLACE FUNCTION confirm_orders(
    p_tenant_id uuid, p_order_ids uuid[], p_payment_ids uuid[], p_payment_methods text[]
) RETURNS TABLE (call integer, was_changed boolean, is_confirmed boolean, status text, version bigint, order_number text,
        customer_id uuid, total_amount numeric, currency text)
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
    v_tried     integer[] := '{}';
    v_confirmed integer[] := '{}';
BEGIN
    -- Of several calls for one order the next is tried after the one before it.
    WHILE cardinality(v_tried) < cardinality(p_order_ids) LOOP
        WITH next_of_each_order AS (
            SELECT DISTINCT ON (a.id) a.id, a.payment_id, a.payment_method, a.call::integer AS call
            FROM unnest(p_order_ids, p_payment_ids, p_payment_methods)
                WITH ORDINALITY AS a (id, payment_id, payment_method, call)
            WHERE a.call <> ALL (v_tried)
            -- In this order they are locked.
            ORDER BY a.id, a.call
        ), confirmed AS (
            -- An order that is CREATED passes through PAID, which its history shows and its version counts.
            UPDATE orders o
            SET status = 'CONFIRMED', status_reason = NULL, payment_id = n.payment_id,
                payment_method = CASE o.status WHEN 'CREATED' THEN n.payment_method ELSE o.payment_method END,
                payment_status = CASE o.status WHEN 'CREATED' THEN 'AUTHORIZED' ELSE o.payment_status END,
                paid_at = CASE o.status WHEN 'CREATED' THEN now() ELSE o.paid_at END,
                confirmed_at = now(), updated_at = now(),
                version = o.version + CASE o.status WHEN 'CREATED' THEN 2 ELSE 1 END
            FROM next_of_each_order n
            WHERE o.tenant_id = p_tenant_id AND o.id = n.id AND o.id = ANY (p_order_ids)
              AND CASE o.status
                -- The provider may have given the payment up again, and the event of it have come first.
                WHEN 'CREATED' THEN o.payment_status <> 'CANCELLED'
                WHEN 'PAID' THEN o.payment_id = n.payment_id
                ELSE false END
            RETURNING n.call
        )
        SELECT v_tried || array_agg(n.call), v_confirmed || array_agg(c.call) FILTER (WHERE c.call IS NOT NULL)
        INTO v_tried, v_confirmed
        FROM next_of_each_order n
        LEFT JOIN confirmed c ON c.call = n.call;
    END LOOP;

    -- What was not confirmed now was before with this very payment, or cannot be.
    RETURN QUERY
    SELECT a.call::integer, a.call = ANY (v_confirmed),
        o.payment_id IS NOT DISTINCT FROM a.payment_id
            AND o.confirmed_at IS NOT NULL
            AND o.status IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'REFUNDED'),
        o.status, o.version, o.order_number, o.customer_id, o.total_amount, o.currency
    FROM unnest(p_order_ids, p_payment_ids) WITH ORDINALITY AS a (id, payment_id, call)
    LEFT JOIN orders o ON o.tenant_id = p_tenant_id AND o.id = a.id
    ORDER BY a.call;
END;
$$;

COMMENT ON FUNCTION confirm_orders(uuid, uuid[], uuid[], text[]) IS
    'Takes orders from CREATED over PAID to CONFIRMED, each once, as if one after the other. Answers for each, by its number from 1; with no status if there is no such order';

CREATE OR REPLACE FUNCTION confirm_order(p_tenant_id uuid, p_order_id uuid, p_payment_id uuid, p_payment_method text)
    RETURNS TABLE (was_changed boolean, is_confirmed boolean, status text, version bigint, order_number text,
        customer_id uuid, total_amount numeric, currency text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- Earlier versions of the program confirm one order at a time.
    RETURN QUERY
    SELECT c.was_changed, c.is_confirmed, c.status, c.version, c.order_number, c.customer_id, c.total_amount, c.currency
    FROM confirm_orders(p_tenant_id, ARRAY[p_order_id], ARRAY[p_payment_id], ARRAY[p_payment_method]) AS c
    WHERE c.status IS NOT NULL;
END;
$$;

COMMENT ON FUNCTION confirm_order(uuid, uuid, uuid, text) IS
    'Confirms one order, as confirm_orders; no row if there is no such order';

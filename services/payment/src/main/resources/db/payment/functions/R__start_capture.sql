CREATE OR REPLACE FUNCTION start_captures(
    p_tenant_id uuid, p_order_ids uuid[], p_transaction_ids uuid[], p_keys text[]
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values. That keys are among those that are asked for is said for the planner: without it a plan
    -- that was made while there were few rows reads all of the shop.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
BEGIN
    RETURN QUERY
    WITH found AS (
        SELECT p AS payment, p.id, p.amount, p.currency, p.status, w.transaction_id, w.key
        FROM (
            -- Of several wishes for one order the first one counts.
            SELECT DISTINCT ON (w.order_id) w.*
            FROM unnest(p_order_ids, p_transaction_ids, p_keys)
                WITH ORDINALITY AS w (order_id, transaction_id, key, command)
            ORDER BY w.order_id, w.command
        ) AS w
        JOIN payments p ON p.tenant_id = p_tenant_id AND p.order_id = w.order_id
            AND p.order_id = ANY (p_order_ids)
    ), begun AS (
        INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
        SELECT p_tenant_id, f.transaction_id, f.id, 'CAPTURE', f.key, f.amount, f.currency
        FROM found f
        WHERE f.amount > 0 AND f.status = 'AUTHORIZED'
        ORDER BY f.key
        ON CONFLICT (tenant_id, idempotency_key) DO NOTHING)
    SELECT (f.payment).* FROM found f;
END;
$$;

COMMENT ON FUNCTION start_captures(uuid, uuid[], uuid[], text[]) IS
    'Writes down that the money of orders'' payments is to be taken, once, of those that are AUTHORIZED, and returns the payments, each once, as far as there are some';

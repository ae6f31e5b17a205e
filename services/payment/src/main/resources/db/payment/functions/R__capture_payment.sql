CREATE OR REPLACE FUNCTION capture_payments(
    p_tenant_id uuid, p_payment_ids uuid[], p_transaction_ids uuid[], p_keys text[], p_references text[]
) RETURNS TABLE (payment_id uuid, version bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values. That keys are among those that are asked for is said for the planner: without it a plan
    -- that was made while there were few rows reads all of the shop.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH authorized AS (
        -- Payments are locked in one order and before their transactions, so that nobody waits in a circle.
        SELECT c.*
        FROM (
            -- Of several captures of one payment the first one counts.
            SELECT DISTINCT ON (c.payment_id) c.*
            FROM unnest(p_payment_ids, p_transaction_ids, p_keys, p_references)
                WITH ORDINALITY AS c (payment_id, transaction_id, key, reference, command)
            ORDER BY c.payment_id, c.command
        ) AS c
        JOIN payments p ON p.tenant_id = p_tenant_id AND p.id = c.payment_id
        WHERE p.id = ANY (p_payment_ids) AND p.status = 'AUTHORIZED'
        ORDER BY p.id FOR NO KEY UPDATE OF p
    ), captured AS (
        UPDATE payments p
        SET status = 'CAPTURED', captured_amount = p.authorized_amount, status_reason = NULL, updated_at = now(),
            version = p.version + 1
        FROM authorized a
        WHERE p.tenant_id = p_tenant_id AND p.id = a.payment_id AND p.id = ANY (p_payment_ids)
          AND p.status = 'AUTHORIZED'
        RETURNING p.id, p.amount, p.currency, p.version, a.transaction_id, a.key, a.reference
    ), taken AS (
        -- The provider may have taken the money without having been asked for it. One that failed has succeeded now.
        INSERT INTO payment_transactions AS t (tenant_id, id, payment_id, transaction_type, idempotency_key, amount,
            currency, status, provider_reference, finished_at)
        SELECT p_tenant_id, c.transaction_id, c.id, 'CAPTURE', c.key, c.amount, c.currency, 'SUCCEEDED', c.reference, now()
        FROM captured c
        WHERE c.amount > 0
        ON CONFLICT (tenant_id, idempotency_key) DO UPDATE
        SET status = 'SUCCEEDED', provider_reference = excluded.provider_reference, finished_at = excluded.finished_at,
            error_code = NULL, error_message = NULL
        WHERE t.payment_id = excluded.payment_id AND t.status <> 'SUCCEEDED')
    SELECT c.id, c.version FROM captured c;
END;
$$;

COMMENT ON FUNCTION capture_payments(uuid, uuid[], uuid[], text[], text[]) IS
    'Records that providers have taken the money of the payments that are still AUTHORIZED, with the transactions that took it, and returns those with their new versions';

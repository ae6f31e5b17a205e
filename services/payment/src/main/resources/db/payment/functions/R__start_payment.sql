CREATE OR REPLACE FUNCTION start_payments(
    p_tenant_id uuid, p_payment_ids uuid[], p_transaction_ids uuid[], p_order_ids uuid[], p_customer_ids uuid[],
    p_providers text[], p_amounts numeric[], p_currencies text[], p_keys text[]
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values, nor on how few rows there were when it was made; nor do those of the foreign keys.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
DECLARE
    v_answered bigint;
BEGIN
    -- Nearly every payment is new and of some money: both rows of all of them are one statement.
    RETURN QUERY
    WITH commands AS (
        SELECT * FROM unnest(p_payment_ids, p_transaction_ids, p_order_ids, p_customer_ids, p_providers, p_amounts,
                p_currencies, p_keys)
            WITH ORDINALITY AS c (payment_id, transaction_id, order_id, customer_id, provider, amount, currency, key, command)
    ), started AS (
        INSERT INTO payments AS p (tenant_id, id, order_id, customer_id, provider, amount, currency, status)
        SELECT p_tenant_id, c.payment_id, c.order_id, c.customer_id, c.provider, c.amount, c.currency, 'PENDING'
        FROM commands c
        -- In one order, so that nobody waits in a circle. The first one to ask for an order begins its payment.
        ORDER BY c.order_id, c.command
        ON CONFLICT (tenant_id, order_id) DO NOTHING
        RETURNING p.*
    ), asked AS (
        INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
        SELECT p_tenant_id, c.transaction_id, s.id, 'AUTHORIZE', c.key, s.amount, s.currency
        FROM started s JOIN commands c ON c.payment_id = s.id
        WHERE s.amount > 0)
    SELECT s.* FROM started s WHERE s.amount > 0;

    GET DIAGNOSTICS v_answered = ROW_COUNT;
    IF v_answered < cardinality(p_payment_ids) THEN
        IF 0 = ANY (p_amounts) THEN
            -- There is nothing to ask a provider for.
            UPDATE payments p
            SET status = 'AUTHORIZED', payment_method = 'NONE', updated_at = now(), version = p.version + 1
            WHERE p.tenant_id = p_tenant_id AND p.id = ANY (p_payment_ids) AND p.amount = 0;
        END IF;
        RETURN QUERY
        SELECT p.* FROM payments p
        WHERE p.tenant_id = p_tenant_id AND p.order_id = ANY (p_order_ids)
          AND (p.amount = 0 OR p.id <> ALL (p_payment_ids));
    END IF;
END;
$$;

COMMENT ON FUNCTION start_payments(uuid, uuid[], uuid[], uuid[], uuid[], text[], numeric[], text[], text[]) IS
    'Writes down that payments are about to be authorised, once for an order, and returns the payments of the orders, each once';

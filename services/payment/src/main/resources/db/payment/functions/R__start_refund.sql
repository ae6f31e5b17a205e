CREATE OR REPLACE FUNCTION start_refund(
    p_tenant_id uuid, p_order_id uuid, p_transaction_id uuid, p_refund_id uuid, p_key text, p_amount numeric,
    p_currency text, p_reason text
) RETURNS TABLE (outcome text, remaining numeric)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_payment     payments%ROWTYPE;
    v_transaction payment_transactions%ROWTYPE;
    v_left        numeric(10, 2);
BEGIN
    -- Whoever begins or ends a refund of the payment waits for its row: what is left stays so until the end.
    SELECT * INTO v_payment FROM payments WHERE tenant_id = p_tenant_id AND order_id = p_order_id FOR UPDATE;
    v_left := coalesce(v_payment.captured_amount - v_payment.refunded_amount - v_payment.refunding_amount, 0);

    SELECT * INTO v_transaction FROM payment_transactions
    WHERE tenant_id = p_tenant_id AND idempotency_key = p_key;
    IF FOUND THEN
        RETURN QUERY SELECT CASE
            WHEN v_transaction.payment_id = v_payment.id AND v_transaction.is_rest = (p_amount IS NULL)
             AND (p_amount IS NULL OR (v_transaction.amount = p_amount AND v_transaction.currency = p_currency))
            THEN 'begun' ELSE 'refund-differs' END, v_left;
        RETURN;
    END IF;
    IF v_left = 0 THEN
        RETURN QUERY SELECT 'nothing-to-refund', v_left;
        RETURN;
    END IF;
    IF p_amount IS NOT NULL AND p_currency IS DISTINCT FROM v_payment.currency THEN
        RETURN QUERY SELECT 'refund-currency-differs', v_left;
        RETURN;
    END IF;

    IF p_amount > v_left THEN
        RETURN QUERY SELECT 'refund-exceeds-capture', v_left;
        RETURN;
    END IF;
    INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency,
        refund_id, is_rest, reason)
    VALUES (p_tenant_id, p_transaction_id, v_payment.id, 'REFUND', p_key, coalesce(p_amount, v_left),
        v_payment.currency, p_refund_id, p_amount IS NULL, p_reason)
    ON CONFLICT (tenant_id, idempotency_key) DO NOTHING;
    IF NOT FOUND THEN
        -- Another payment, whose row is not locked here, has begun a refund of this id since it was looked for.
        RETURN QUERY SELECT 'refund-differs', v_left;
        RETURN;
    END IF;
    UPDATE payments
    SET refunding_amount = refunding_amount + coalesce(p_amount, v_left), updated_at = now(), version = version + 1
    WHERE tenant_id = p_tenant_id AND id = v_payment.id;
    RETURN QUERY SELECT 'begun', v_left - coalesce(p_amount, v_left);
END;
$$;

COMMENT ON FUNCTION start_refund(uuid, uuid, uuid, uuid, text, numeric, text, text) IS
    'Sets aside what a refund is to give back, all that is left without an amount, and writes down that the provider is about to be asked; or says why not';

CREATE OR REPLACE FUNCTION start_rest_refund(
    p_tenant_id uuid, p_order_id uuid, p_transaction_id uuid, p_refund_id uuid, p_key text, p_reason text
) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_payment_id uuid;
    v_number     bigint;
BEGIN
    SELECT id INTO v_payment_id FROM payments WHERE tenant_id = p_tenant_id AND order_id = p_order_id FOR UPDATE;
    -- A refund that the provider has refused is not asked for again under its key.
    SELECT count(*) INTO v_number FROM payment_transactions
    WHERE tenant_id = p_tenant_id AND payment_id = v_payment_id AND starts_with(idempotency_key, p_key);
    RETURN EXISTS (SELECT FROM start_refund(p_tenant_id, p_order_id, p_transaction_id, p_refund_id,
        CASE v_number WHEN 0 THEN p_key ELSE p_key || ':' || v_number END, NULL, NULL, p_reason) WHERE outcome = 'begun');
END;
$$;

COMMENT ON FUNCTION start_rest_refund(uuid, uuid, uuid, uuid, text, text) IS
    'Begins to give back all that is left of a payment, and says whether anything was';

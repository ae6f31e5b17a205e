CREATE OR REPLACE FUNCTION finish_payment_transaction(
    p_tenant_id uuid, p_payment_id uuid, p_key text, p_is_approved boolean, p_reference text, p_error_code text,
    p_error_message text
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_transaction payment_transactions%ROWTYPE;
BEGIN
    -- The payment is locked before its transactions, by everybody.
    PERFORM FROM payments WHERE tenant_id = p_tenant_id AND id = p_payment_id FOR UPDATE;
    SELECT * INTO v_transaction FROM payment_transactions
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND idempotency_key = p_key;
    IF v_transaction.transaction_type = 'REFUND' AND v_transaction.status = 'PENDING' AND NOT p_is_approved THEN
        -- What was set aside for the refund may be given back by another one.
        UPDATE payments
        SET refunding_amount = refunding_amount - v_transaction.amount, updated_at = now(), version = version + 1
        WHERE tenant_id = p_tenant_id AND id = p_payment_id;
    END IF;
    -- A transaction that failed may be tried again with the same key, and then succeed.
    UPDATE payment_transactions
    SET status = CASE WHEN p_is_approved THEN 'SUCCEEDED' ELSE 'FAILED' END, provider_reference = p_reference,
        error_code = p_error_code, error_message = p_error_message, finished_at = now()
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND idempotency_key = p_key AND status <> 'SUCCEEDED';
END;
$$;

COMMENT ON FUNCTION finish_payment_transaction(uuid, uuid, text, boolean, text, text, text) IS
    'Records a provider''s answer to a transaction; a refund that was refused gives up what was set aside for it';

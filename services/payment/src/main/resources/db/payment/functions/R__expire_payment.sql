CREATE OR REPLACE FUNCTION expire_payment(
    p_tenant_id uuid, p_payment_id uuid, p_transaction_id uuid, p_void_key text, p_reason text
) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_payment payments%ROWTYPE;
BEGIN
    UPDATE payments
    SET status = 'CANCELLED', status_reason = p_reason, updated_at = now(), version = version + 1
    WHERE tenant_id = p_tenant_id AND id = p_payment_id AND status = 'PENDING'
    RETURNING * INTO v_payment;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE payment_transactions
    SET status = 'FAILED', error_code = p_reason, error_message = 'given up before the answer was known',
        finished_at = now()
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND status = 'PENDING';
    -- Until the provider has confirmed that it gives up whatever it may still reserve, it is asked again.
    INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
    VALUES (p_tenant_id, p_transaction_id, p_payment_id, 'VOID', p_void_key, v_payment.amount, v_payment.currency)
    ON CONFLICT (tenant_id, idempotency_key) DO NOTHING;
    RETURN v_payment.version;
END;
$$;

COMMENT ON FUNCTION expire_payment(uuid, uuid, uuid, text, text) IS
    'Cancels a payment if it is still PENDING, before its provider is asked to give it up, and returns its version, NULL if it is not';

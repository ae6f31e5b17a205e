CREATE OR REPLACE FUNCTION capture_ended_payment(
    p_tenant_id uuid, p_payment_id uuid, p_transaction_id uuid, p_key text, p_reference text, p_reason text
) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_payment payments%ROWTYPE;
BEGIN
    UPDATE payments
    SET status = 'CAPTURED', authorized_amount = amount, captured_amount = amount, status_reason = p_reason,
        updated_at = now(), version = version + 1
    WHERE tenant_id = p_tenant_id AND id = p_payment_id AND status IN ('CANCELLED', 'FAILED') AND amount > 0
    RETURNING * INTO v_payment;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO payment_transactions AS t (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency,
        status, provider_reference, finished_at)
    VALUES (p_tenant_id, p_transaction_id, p_payment_id, 'CAPTURE', p_key, v_payment.amount, v_payment.currency,
        'SUCCEEDED', p_reference, now())
    ON CONFLICT (tenant_id, idempotency_key) DO UPDATE
    SET status = 'SUCCEEDED', provider_reference = excluded.provider_reference, finished_at = excluded.finished_at,
        error_code = NULL, error_message = NULL
    WHERE t.payment_id = excluded.payment_id AND t.status <> 'SUCCEEDED';
    -- There is nothing to give up any more.
    UPDATE payment_transactions
    SET status = 'FAILED', error_code = 'already_captured', error_message = 'the provider has taken the money',
        finished_at = now()
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND status = 'PENDING' AND transaction_type = 'VOID';
    RETURN v_payment.version;
END;
$$;

COMMENT ON FUNCTION capture_ended_payment(uuid, uuid, uuid, text, text, text) IS
    'Records that the provider has taken the money though the payment was CANCELLED or FAILED, and returns its version, NULL if it was neither';

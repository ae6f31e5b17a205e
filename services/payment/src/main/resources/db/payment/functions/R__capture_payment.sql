CREATE OR REPLACE FUNCTION capture_payment(p_tenant_id uuid, p_payment_id uuid, p_key text, p_reference text)
    RETURNS TABLE (was_changed boolean, status text, version bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- The payment is locked before its transactions, by everybody.
    RETURN QUERY
    UPDATE payments p
    SET status = 'CAPTURED', captured_amount = p.authorized_amount, status_reason = NULL, updated_at = now(),
        version = p.version + 1
    WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id AND p.status = 'AUTHORIZED'
    RETURNING true, p.status, p.version;
    IF FOUND THEN
        -- The provider may have taken the money without having been asked for it. One that failed has succeeded now.
        INSERT INTO payment_transactions AS t (tenant_id, id, payment_id, transaction_type, idempotency_key, amount,
            currency, status, provider_reference, finished_at)
        SELECT p.tenant_id, uuidv7(), p.id, 'CAPTURE', p_key, p.amount, p.currency, 'SUCCEEDED', p_reference, now()
        FROM payments p
        WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id AND p.amount > 0
        ON CONFLICT (tenant_id, idempotency_key) DO UPDATE
        SET status = 'SUCCEEDED', provider_reference = excluded.provider_reference, finished_at = excluded.finished_at,
            error_code = NULL, error_message = NULL
        WHERE t.payment_id = excluded.payment_id AND t.status <> 'SUCCEEDED';
        RETURN;
    END IF;
    RETURN QUERY SELECT false, p.status, p.version FROM payments p
    WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION capture_payment(uuid, uuid, text, text) IS
    'Records that the provider has taken the money, if the payment is still AUTHORIZED, with the transaction that took it';

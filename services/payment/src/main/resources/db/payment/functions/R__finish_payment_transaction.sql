CREATE OR REPLACE FUNCTION finish_payment_transaction(
    p_tenant_id uuid, p_payment_id uuid, p_key text, p_is_approved boolean, p_reference text, p_error_code text,
    p_error_message text
) RETURNS void
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    -- A transaction that failed may be tried again with the same key, and then succeed.
    UPDATE payment_transactions
    SET status = CASE WHEN p_is_approved THEN 'SUCCEEDED' ELSE 'FAILED' END, provider_reference = p_reference,
        error_code = p_error_code, error_message = p_error_message, finished_at = now()
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND idempotency_key = p_key AND status <> 'SUCCEEDED'
$$;

COMMENT ON FUNCTION finish_payment_transaction(uuid, uuid, text, boolean, text, text, text) IS
    'Records a provider''s answer to a transaction';

CREATE OR REPLACE FUNCTION process_payment_authorization(
    p_tenant_id uuid, p_payment_id uuid, p_key text, p_is_approved boolean, p_reference text, p_method text,
    p_card_brand text, p_card_last_four text, p_error_code text, p_error_message text
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE payments
    SET status = CASE WHEN p_is_approved THEN 'AUTHORIZED' ELSE 'FAILED' END,
        authorized_amount = CASE WHEN p_is_approved THEN amount ELSE 0 END,
        payment_intent_id = p_reference, payment_method = p_method, card_brand = p_card_brand,
        card_last_four = p_card_last_four, error_code = p_error_code, error_message = p_error_message,
        updated_at = now(), version = version + 1
    WHERE tenant_id = p_tenant_id AND id = p_payment_id AND status = 'PENDING';
    IF FOUND THEN
        UPDATE payment_transactions
        SET status = CASE WHEN p_is_approved THEN 'SUCCEEDED' ELSE 'FAILED' END, provider_reference = p_reference,
            error_code = p_error_code, error_message = p_error_message, finished_at = now()
        WHERE tenant_id = p_tenant_id AND idempotency_key = p_key AND status = 'PENDING';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'payment % has no open transaction %', p_payment_id, p_key USING ERRCODE = 'data_exception';
        END IF;
    END IF;
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION process_payment_authorization(uuid, uuid, text, boolean, text, text, text, text, text, text) IS
    'Records a provider''s answer to an authorisation if the payment still waits for it, and returns the payment';

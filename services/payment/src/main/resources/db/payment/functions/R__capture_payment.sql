CREATE OR REPLACE FUNCTION capture_payment(p_tenant_id uuid, p_payment_id uuid, p_key text, p_reference text)
    RETURNS TABLE (was_changed boolean, status text, version bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE payments p
    SET status = 'CAPTURED', captured_amount = p.authorized_amount, status_reason = NULL, updated_at = now(),
        version = p.version + 1
    WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id AND p.status = 'AUTHORIZED'
    RETURNING true, p.status, p.version;
    IF FOUND THEN
        PERFORM finish_payment_transaction(p_tenant_id, p_payment_id, p_key, true, p_reference, NULL, NULL);
        RETURN;
    END IF;
    RETURN QUERY SELECT false, p.status, p.version FROM payments p
    WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION capture_payment(uuid, uuid, text, text) IS
    'Records that the provider has taken the money, if the payment is still AUTHORIZED';

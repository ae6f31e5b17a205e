CREATE OR REPLACE FUNCTION start_payment_transaction(
    p_tenant_id uuid, p_payment_id uuid, p_transaction_id uuid, p_type text, p_key text
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF p_type = 'REFUND' THEN
        -- Earlier versions of the program begin a refund of all that is left with this function.
        PERFORM start_refund(p_tenant_id, p.order_id, p_transaction_id, p_transaction_id, p_key, NULL, NULL, 'cancelled')
        FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
        RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
        RETURN;
    END IF;
    INSERT INTO payment_transactions AS t (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
    SELECT p.tenant_id, p_transaction_id, p.id, p_type, p_key, p.amount, p.currency
    FROM payments p
    WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id AND p.amount > 0
      AND CASE p_type
            WHEN 'CAPTURE' THEN p.status = 'AUTHORIZED'
            -- What a provider reserves after the end of a payment is given up too.
            WHEN 'VOID' THEN p.status IN ('PENDING', 'AUTHORIZED', 'CANCELLED', 'FAILED')
          END
    -- A wish to give up that had come to an end begins anew, so that a job goes on with it.
    ON CONFLICT (tenant_id, idempotency_key) DO UPDATE
    SET status = 'PENDING', created_at = now(), finished_at = NULL, last_asked_at = NULL, error_code = NULL,
        error_message = NULL
    WHERE t.payment_id = excluded.payment_id AND t.transaction_type = 'VOID' AND t.status = 'FAILED';
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION start_payment_transaction(uuid, uuid, uuid, text, text) IS
    'Writes down what a provider is about to be asked for, if the payment''s state allows it, and returns the payment';

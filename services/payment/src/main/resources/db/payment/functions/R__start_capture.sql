CREATE OR REPLACE FUNCTION start_capture(p_tenant_id uuid, p_order_id uuid, p_transaction_id uuid, p_key text)
    RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
    SELECT p.tenant_id, p_transaction_id, p.id, 'CAPTURE', p_key, p.amount, p.currency
    FROM payments p
    WHERE p.tenant_id = p_tenant_id AND p.order_id = p_order_id AND p.amount > 0 AND p.status = 'AUTHORIZED'
    ON CONFLICT (tenant_id, idempotency_key) DO NOTHING;
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.order_id = p_order_id;
END;
$$;

COMMENT ON FUNCTION start_capture(uuid, uuid, uuid, text) IS
    'Writes down that the money of an order''s payment is to be taken, once, if it is AUTHORIZED, and returns the payment, if there is one';

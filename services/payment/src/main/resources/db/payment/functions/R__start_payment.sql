CREATE OR REPLACE FUNCTION start_payment(
    p_tenant_id uuid, p_payment_id uuid, p_transaction_id uuid, p_order_id uuid, p_customer_id uuid, p_provider text,
    p_amount numeric, p_currency text, p_key text
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO payments (tenant_id, id, order_id, customer_id, provider, amount, currency, status)
    VALUES (p_tenant_id, p_payment_id, p_order_id, p_customer_id, p_provider, p_amount, p_currency, 'PENDING')
    ON CONFLICT (tenant_id, order_id) DO NOTHING;
    IF FOUND AND p_amount > 0 THEN
        INSERT INTO payment_transactions (tenant_id, id, payment_id, transaction_type, idempotency_key, amount, currency)
        VALUES (p_tenant_id, p_transaction_id, p_payment_id, 'AUTHORIZE', p_key, p_amount, p_currency);
    ELSIF FOUND THEN
        -- There is nothing to ask a provider for.
        UPDATE payments
        SET status = 'AUTHORIZED', payment_method = 'NONE', updated_at = now(), version = version + 1
        WHERE tenant_id = p_tenant_id AND id = p_payment_id;
    END IF;
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.order_id = p_order_id;
END;
$$;

COMMENT ON FUNCTION start_payment(uuid, uuid, uuid, uuid, uuid, text, numeric, text, text) IS
    'Writes down that a payment is about to be authorised, once for an order, and returns the order''s payment';

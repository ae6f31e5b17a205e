CREATE OR REPLACE FUNCTION confirm_order(p_tenant_id uuid, p_order_id uuid, p_payment_id uuid, p_payment_method text)
    RETURNS TABLE (was_changed boolean, is_confirmed boolean, status text, version bigint, order_number text,
        customer_id uuid, total_amount numeric, currency text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    UPDATE orders o
    SET status = 'PAID', status_reason = NULL, payment_id = p_payment_id, payment_method = p_payment_method,
        payment_status = 'AUTHORIZED', paid_at = now(), updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id AND o.status = 'CREATED'
      -- The provider may have given the payment up again, and the event of it have come first.
      AND o.payment_status IS DISTINCT FROM 'CANCELLED';

    RETURN QUERY
    UPDATE orders o
    SET status = 'CONFIRMED', status_reason = NULL, confirmed_at = now(), updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id AND o.status = 'PAID' AND o.payment_id = p_payment_id
    RETURNING true, true, o.status, o.version, o.order_number, o.customer_id, o.total_amount, o.currency;
    IF FOUND THEN
        RETURN;
    END IF;

    -- It was confirmed before with this very payment, or it cannot be confirmed.
    RETURN QUERY
    SELECT false,
        o.payment_id IS NOT DISTINCT FROM p_payment_id
            AND o.confirmed_at IS NOT NULL
            AND o.status IN ('CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'REFUNDED'),
        o.status, o.version, o.order_number, o.customer_id, o.total_amount, o.currency
    FROM orders o
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id;
END;
$$;

COMMENT ON FUNCTION confirm_order(uuid, uuid, uuid, text) IS
    'Takes an order from CREATED over PAID to CONFIRMED, once; no row if there is no such order';

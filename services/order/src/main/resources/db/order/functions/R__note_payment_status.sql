CREATE OR REPLACE FUNCTION payment_status_rank(p_payment_status text) RETURNS integer
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT CASE p_payment_status
        WHEN 'PENDING' THEN 0
        WHEN 'AUTHORIZED' THEN 1
        WHEN 'FAILED' THEN 2
        WHEN 'CANCELLED' THEN 2
        WHEN 'CAPTURED' THEN 3
        WHEN 'SETTLED' THEN 4
        WHEN 'PARTIALLY_REFUNDED' THEN 5
        WHEN 'REFUNDED' THEN 6
    END
$$;

COMMENT ON FUNCTION payment_status_rank(text) IS
    'How far a payment is: what is known of it only ever grows, in whichever order it becomes known';

CREATE OR REPLACE FUNCTION note_payment_status(
    p_tenant_id uuid, p_order_id uuid, p_payment_id uuid, p_payment_status text
) RETURNS TABLE (was_changed boolean, status text, payment_status text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE orders o
    SET payment_status = p_payment_status, updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id
      AND (o.payment_id = p_payment_id
        OR (o.payment_id IS NULL AND (o.status = 'CANCELLED' OR p_payment_status = 'CANCELLED')))
      AND payment_status_rank(p_payment_status) > payment_status_rank(o.payment_status)
    RETURNING true, o.status, o.payment_status;
    IF FOUND THEN
        RETURN;
    END IF;

    RETURN QUERY
    SELECT false, o.status, o.payment_status
    FROM orders o
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id
      AND (o.payment_id = p_payment_id
        OR (o.payment_id IS NULL AND (o.status = 'CANCELLED' OR p_payment_status = 'CANCELLED')));
END;
$$;

COMMENT ON FUNCTION note_payment_status(uuid, uuid, uuid, text) IS
    'Notes how far the payment of an order is, unless it is known to be further. No row if the order does not know the payment; one that was never paid knows any that is cancelled, and any once it is cancelled itself';

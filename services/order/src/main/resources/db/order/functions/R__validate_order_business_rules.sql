CREATE OR REPLACE FUNCTION validate_order_business_rules(
    p_tenant_id uuid, p_customer_id uuid, p_guest_id uuid, p_total numeric, p_line_count integer,
    p_minimum_total numeric, p_maximum_total numeric, p_maximum_lines integer, p_maximum_pending_orders integer
) RETURNS TABLE (code text, detail text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_pending bigint := 0;
BEGIN
    IF p_customer_id IS NOT NULL OR p_guest_id IS NOT NULL THEN
        -- One buyer's orders are created one after the other, so that the count below cannot be outrun.
        PERFORM pg_advisory_xact_lock(
            hashtextextended(p_tenant_id::text || coalesce(p_customer_id, p_guest_id)::text, 2));
    END IF;
    IF p_customer_id IS NOT NULL THEN
        SELECT count(*) INTO v_pending FROM orders o
        WHERE o.tenant_id = p_tenant_id AND o.customer_id = p_customer_id AND o.status = 'CREATED';
    ELSIF p_guest_id IS NOT NULL THEN
        SELECT count(*) INTO v_pending FROM orders o
        WHERE o.tenant_id = p_tenant_id AND o.guest_id = p_guest_id AND o.status = 'CREATED';
    END IF;
    RETURN QUERY
    SELECT r.code, r.detail
    FROM (VALUES
        (p_total < p_minimum_total, 'total-below-minimum',
            format('the total is %s and must be at least %s', p_total, p_minimum_total)),
        (p_total > p_maximum_total, 'total-above-maximum',
            format('the total is %s and must be at most %s', p_total, p_maximum_total)),
        (p_line_count > p_maximum_lines, 'too-many-lines',
            format('the order has %s lines and may have at most %s', p_line_count, p_maximum_lines)),
        (v_pending >= p_maximum_pending_orders, 'too-many-pending-orders',
            format('%s orders wait for payment, and at most %s may', v_pending, p_maximum_pending_orders))
    ) AS r (is_broken, code, detail)
    WHERE r.is_broken;
END;
$$;

COMMENT ON FUNCTION validate_order_business_rules(uuid, uuid, uuid, numeric, integer, numeric, numeric, integer, integer) IS
    'The shop''s rules that an order would break, none if it breaks none. Holds the buyer''s lock until the transaction ends';

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
    IF p_total < p_minimum_total THEN
        code := 'total-below-minimum';
        detail := format('the total is %s and must be at least %s', p_total, p_minimum_total);
        RETURN NEXT;
    END IF;
    IF p_total > p_maximum_total THEN
        code := 'total-above-maximum';
        detail := format('the total is %s and must be at most %s', p_total, p_maximum_total);
        RETURN NEXT;
    END IF;
    IF p_line_count > p_maximum_lines THEN
        code := 'too-many-lines';
        detail := format('the order has %s lines and may have at most %s', p_line_count, p_maximum_lines);
        RETURN NEXT;
    END IF;
    IF v_pending >= p_maximum_pending_orders THEN
        code := 'too-many-pending-orders';
        detail := format('%s orders wait for payment, and at most %s may', v_pending, p_maximum_pending_orders);
        RETURN NEXT;
    END IF;
END;
$$;

COMMENT ON FUNCTION validate_order_business_rules(uuid, uuid, uuid, numeric, integer, numeric, numeric, integer, integer) IS
    'The shop''s rules that an order would break, none if it breaks none. Holds the buyer''s lock until the transaction ends';

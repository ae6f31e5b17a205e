CREATE OR REPLACE FUNCTION validate_order_business_rules(
    p_tenant_id uuid, p_customer_ids uuid[], p_guest_ids uuid[], p_totals numeric[], p_line_counts integer[],
    p_minimum_totals numeric[], p_maximum_totals numeric[], p_maximum_lines integer[], p_maximum_pending_orders integer[]
) RETURNS TABLE (call integer, violations jsonb, pending_orders_left bigint)
    LANGUAGE plpgsql
    STABLE
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.call::integer,
        (SELECT jsonb_agg(jsonb_build_object('code', b.code, 'detail', b.detail))
         FROM (VALUES
            ('total-below-minimum', CASE WHEN a.total < a.minimum_total THEN
                format('the total is %s and must be at least %s', a.total, a.minimum_total) END),
            ('total-above-maximum', CASE WHEN a.total > a.maximum_total THEN
                format('the total is %s and must be at most %s', a.total, a.maximum_total) END),
            ('too-many-lines', CASE WHEN a.line_count > a.maximum_lines THEN
                format('the order has %s lines and may have at most %s', a.line_count, a.maximum_lines) END),
            ('too-many-pending-orders', CASE WHEN p.pending_orders >= a.maximum_pending_orders THEN
                format('%s orders wait for payment, and at most %s may', p.pending_orders, a.maximum_pending_orders) END)
         ) AS b (code, detail)
         WHERE b.detail IS NOT NULL),
        a.maximum_pending_orders - p.pending_orders
    FROM unnest(p_customer_ids, p_guest_ids, p_totals, p_line_counts, p_minimum_totals, p_maximum_totals, p_maximum_lines,
            p_maximum_pending_orders)
        WITH ORDINALITY AS a (customer_id, guest_id, total, line_count, minimum_total, maximum_total, maximum_lines,
            maximum_pending_orders, call)
    -- Counted once for each order, by the indexes of what is unpaid.
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN a.customer_id IS NOT NULL THEN
                (SELECT count(*) FROM orders o
                 WHERE o.tenant_id = p_tenant_id AND o.customer_id = a.customer_id AND o.status = 'CREATED')
            WHEN a.guest_id IS NOT NULL THEN
                (SELECT count(*) FROM orders o
                 WHERE o.tenant_id = p_tenant_id AND o.guest_id = a.guest_id AND o.status = 'CREATED')
            ELSE 0 END
        OFFSET 0
    ) AS p (pending_orders);
END;
$$;

COMMENT ON FUNCTION validate_order_business_rules(
    uuid, uuid[], uuid[], numeric[], integer[], numeric[], numeric[], integer[], integer[]
) IS
    'For each order, by its number from 1: the shop''s rules that it would break, NULL if none, and how many orders its buyer may still have waiting for payment. Holds against others only while its caller has the locks of the buyers';

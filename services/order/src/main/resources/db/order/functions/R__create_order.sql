-- Those that took addresses in clear, which nothing calls any more.
DROP FUNCTION IF EXISTS create_order(
    uuid, uuid, text, uuid, uuid, text, text, numeric, numeric, numeric, numeric, numeric, uuid, text, text, timestamptz, text,
    numeric, numeric, integer, integer, jsonb, uuid[], uuid[], text[], text[], text[], integer[], numeric[], numeric[],
    numeric[], numeric[], integer
);
DROP FUNCTION IF EXISTS create_orders(
    uuid, uuid[], text[], uuid[], uuid[], text[], text[], numeric[], numeric[], numeric[], numeric[], numeric[], uuid[],
    text[], text[], timestamptz[], text[], integer[], numeric[], numeric[], integer[], integer[], jsonb, integer[], uuid[],
    uuid[], text[], text[], text[], integer[], numeric[], numeric[], numeric[], numeric[]
);
-- Earlier versions of the program say nothing of taxes that prices contain, and explain nothing: for them the last parameters
-- have a default.
DROP FUNCTION IF EXISTS create_orders(
    uuid, uuid[], text[], uuid[], uuid[], uuid[], text[], text[], numeric[], numeric[], numeric[], numeric[], numeric[], uuid[],
    text[], text[], timestamptz[], text[], integer[], numeric[], numeric[], integer[], integer[], jsonb, integer[], uuid[],
    uuid[], text[], text[], text[], integer[], numeric[], numeric[], numeric[], numeric[], uuid[], integer[], numeric[]
);

CREATE OR REPLACE FUNCTION create_orders(
    p_tenant_id uuid, p_order_ids uuid[], p_order_numbers text[], p_customer_ids uuid[], p_guest_ids uuid[],
    p_subject_ids uuid[], p_emails_sealed text[], p_currencies text[], p_subtotals numeric[], p_taxes numeric[], p_shippings numeric[],
    p_discounts numeric[], p_totals numeric[], p_shipping_method_ids uuid[], p_shipping_method_names text[],
    p_coupon_codes text[], p_placed_ats timestamptz[], p_external_references text[], p_unpaid_minutes integer[],
    p_minimum_totals numeric[], p_maximum_totals numeric[], p_maximum_lines integer[], p_maximum_pending_orders integer[],
    p_addresses jsonb,
    p_line_calls integer[], p_line_ids uuid[], p_product_ids uuid[], p_skus text[], p_names text[], p_image_urls text[],
    p_quantities integer[], p_unit_prices numeric[], p_line_discounts numeric[], p_line_taxes numeric[],
    p_line_totals numeric[], p_vendor_ids uuid[], p_commission_rates integer[], p_commissions numeric[],
    p_included_taxes numeric[] DEFAULT NULL, p_line_included_taxes numeric[] DEFAULT NULL, p_adjustments jsonb[] DEFAULT NULL
) RETURNS TABLE (call integer, outcome text, number text, placed timestamptz, other_order_id uuid, violations jsonb)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- Each order is found by its key: before there are statistics, reading all orders of the shop looks cheaper.
    SET enable_seqscan = off
    SET enable_hashjoin = off
    SET enable_mergejoin = off
    SET enable_material = off
    -- Short arrays look so cheap that their statements would be planned anew at each call.
    SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    v_line_counts integer[];
    v_unit_counts bigint[];
    v_line_sums   numeric[];
    v_violations  jsonb[];
    v_is_tried    boolean[];
    v_created     uuid[];
    v_is_new      boolean[];
    v_first_wrong integer;
    v_are_plain   boolean;
BEGIN
    -- A cancellation of the same order, which may come first, waits here or makes this wait. One buyer's orders are created
    -- one after the other, so that the count of those that wait for payment cannot be outrun.
    PERFORM pg_advisory_xact_lock(l.key)
    FROM (
        SELECT hashtextextended(p_tenant_id::text || a.order_id::text, 1) AS key
        FROM unnest(p_order_ids) AS a (order_id)
        UNION
        SELECT hashtextextended(p_tenant_id::text || coalesce(a.customer_id, a.guest_id)::text, 2)
        FROM unnest(p_customer_ids, p_guest_ids) AS a (customer_id, guest_id)
        WHERE a.customer_id IS NOT NULL OR a.guest_id IS NOT NULL
        ORDER BY key
    ) AS l;

    -- Nearly always each order keeps the rules, adds up, and is the only one of its id and of its buyer: then nothing else has
    -- to be found out.
    SELECT array_agg(o.line_count ORDER BY o.call), array_agg(o.units ORDER BY o.call), array_agg(o.line_sum ORDER BY o.call),
        count(*) = count(DISTINCT o.order_id) AND count(o.buyer_id) = count(DISTINCT o.buyer_id)
            AND bool_and(o.is_plain IS TRUE)
    INTO v_line_counts, v_unit_counts, v_line_sums, v_are_plain
    FROM (
        SELECT a.call, a.order_id, coalesce(a.customer_id, a.guest_id) AS buyer_id, coalesce(l.line_count, 0) AS line_count,
            coalesce(l.units, 0) AS units, l.line_sum,
            coalesce(a.total < a.minimum_total OR a.total > a.maximum_total OR l.line_count > a.maximum_lines, false) = false
                AND a.subtotal = l.line_sum AND a.maximum_pending_orders > CASE
                    WHEN a.customer_id IS NOT NULL THEN
                        (SELECT count(*) FROM orders o
                         WHERE o.tenant_id = p_tenant_id AND o.customer_id = a.customer_id AND o.status = 'CREATED')
                    WHEN a.guest_id IS NOT NULL THEN
                        (SELECT count(*) FROM orders o
                         WHERE o.tenant_id = p_tenant_id AND o.guest_id = a.guest_id AND o.status = 'CREATED')
                    ELSE 0 END AS is_plain
        FROM unnest(p_order_ids, p_customer_ids, p_guest_ids, p_subtotals, p_totals, p_minimum_totals, p_maximum_totals,
                p_maximum_lines, p_maximum_pending_orders)
            WITH ORDINALITY AS a (order_id, customer_id, guest_id, subtotal, total, minimum_total, maximum_total,
                maximum_lines, maximum_pending_orders, call)
        LEFT JOIN (
            SELECT i.call, count(*)::integer AS line_count, sum(i.quantity) AS units, sum(i.total) AS line_sum
            FROM unnest(p_line_calls, p_quantities, p_line_totals) AS i (call, quantity, total)
            GROUP BY i.call
        ) AS l ON l.call = a.call
    ) AS o;

    IF v_are_plain THEN
        v_is_tried := array_fill(true, ARRAY[cardinality(p_order_ids)]);
    ELSE
        -- Of the orders of one id only the first is tried, and of those of one buyer only as many as may wait for payment.
        SELECT array_agg(a.violations ORDER BY a.call),
            array_agg(a.violations IS NULL AND a.try_of_order = 1 AND (a.buyer_id IS NULL OR a.try_of_buyer <= a.left_for_buyer)
                ORDER BY a.call)
        INTO v_violations, v_is_tried
        FROM (
            SELECT o.*, count(*) FILTER (WHERE o.violations IS NULL AND o.try_of_order = 1)
                OVER (PARTITION BY o.buyer_id ORDER BY o.call) AS try_of_buyer
            FROM (
                SELECT r.call, r.violations, r.pending_orders_left AS left_for_buyer,
                    coalesce(p_customer_ids[r.call], p_guest_ids[r.call]) AS buyer_id,
                    count(*) FILTER (WHERE r.violations IS NULL)
                        OVER (PARTITION BY p_order_ids[r.call] ORDER BY r.call) AS try_of_order
                FROM validate_order_business_rules(p_tenant_id, p_customer_ids, p_guest_ids, p_totals, v_line_counts,
                    p_minimum_totals, p_maximum_totals, p_maximum_lines, p_maximum_pending_orders) AS r
            ) AS o
        ) AS a;
    END IF;

    -- Nearly every order is new: the insertion finds out which are not, and only those are asked why.
    WITH created AS (
        INSERT INTO orders (tenant_id, id, order_number, customer_id, guest_id, subject_id, email_sealed, status, currency, subtotal,
            tax_amount, included_tax_amount, adjustments, shipping_amount, discount_amount, total_amount, line_count,
            unit_count, shipping_method_id, shipping_method_name, coupon_code, external_reference, placed_at, payment_due_at)
        SELECT p_tenant_id, a.id, a.number, a.customer_id, a.guest_id, a.subject_id, a.email_sealed, 'CREATED', a.currency, a.subtotal,
            a.tax, coalesce(a.included_tax, 0), coalesce(a.adjustments, '[]'), a.shipping, a.discount, a.total, a.line_count,
            a.unit_count, a.shipping_method_id, a.shipping_method_name, a.coupon_code, a.external_reference, coalesce(a.placed_at, now()),
            now() + make_interval(mins => a.unpaid_minutes)
        FROM unnest(p_order_ids, p_order_numbers, p_customer_ids, p_guest_ids, p_subject_ids, p_emails_sealed, p_currencies,
                p_subtotals, p_taxes, p_shippings, p_discounts, p_totals, v_line_counts, v_unit_counts, p_shipping_method_ids,
                p_shipping_method_names, p_coupon_codes, p_external_references, p_placed_ats, p_unpaid_minutes, v_is_tried,
                p_included_taxes, p_adjustments)
            WITH ORDINALITY AS a (id, number, customer_id, guest_id, subject_id, email_sealed, currency, subtotal, tax,
                shipping, discount, total, line_count, unit_count, shipping_method_id,
                shipping_method_name, coupon_code, external_reference, placed_at, unpaid_minutes, is_tried,
                included_tax, adjustments, call)
        WHERE a.is_tried
          AND NOT EXISTS (SELECT FROM order_tombstones t WHERE t.tenant_id = p_tenant_id AND t.id = a.id)
        -- Two batches that use the same references wait for one another once; of one reference the first order gets it.
        ORDER BY a.external_reference, a.call
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    SELECT coalesce(array_agg(c.id), '{}') INTO v_created FROM created c;

    v_are_plain := v_are_plain AND cardinality(v_created) = cardinality(p_order_ids);
    IF v_are_plain THEN
        v_is_new := v_is_tried;
    ELSE
        SELECT array_agg(a.is_tried AND a.id = ANY (v_created) ORDER BY a.call),
            min(a.call) FILTER (WHERE a.is_tried AND a.id = ANY (v_created) AND a.subtotal IS DISTINCT FROM a.line_sum)
        INTO v_is_new, v_first_wrong
        FROM unnest(p_order_ids, v_is_tried, p_subtotals, v_line_sums)
            WITH ORDINALITY AS a (id, is_tried, subtotal, line_sum, call);
        IF v_first_wrong IS NOT NULL THEN
            RAISE EXCEPTION 'the subtotal % of order % is not the sum of its lines', p_subtotals[v_first_wrong],
                p_order_ids[v_first_wrong]
                USING ERRCODE = 'check_violation', TABLE = 'orders';
        END IF;
    END IF;

    -- Arrays that say nothing of vendors are shorter: what is missing is null.
    INSERT INTO order_items (tenant_id, id, order_id, line_number, product_id, sku, name, image_url, quantity,
        unit_price, total_price, discount_amount, tax_amount, included_tax_amount, vendor_id, commission_basis_points,
        commission_amount, sold_at)
    SELECT p_tenant_id, l.id, p_order_ids[l.call], row_number() OVER (PARTITION BY l.call ORDER BY l.line),
        l.product_id, l.sku, l.name, l.image_url, l.quantity, l.unit_price, l.total_price, l.discount, l.tax,
        coalesce(l.included_tax, 0),
        l.vendor_id, l.commission_rate, CASE WHEN l.vendor_id IS NOT NULL THEN l.commission END,
        CASE WHEN l.vendor_id IS NOT NULL THEN coalesce(p_placed_ats[l.call], now()) END
    FROM unnest(p_line_calls, p_line_ids, p_product_ids, p_skus, p_names, p_image_urls, p_quantities, p_unit_prices,
            p_line_totals, p_line_discounts, p_line_taxes, p_vendor_ids, p_commission_rates, p_commissions,
            p_line_included_taxes)
        WITH ORDINALITY AS l (call, id, product_id, sku, name, image_url, quantity, unit_price, total_price, discount, tax,
            vendor_id, commission_rate, commission, included_tax, line)
    WHERE v_is_new[l.call];

    INSERT INTO order_addresses (tenant_id, id, order_id, address_type, country, address_sealed)
    SELECT p_tenant_id, a.id, p_order_ids[a.call], a.address_type, a.country, a.address_sealed
    FROM jsonb_to_recordset(p_addresses) AS a (call integer, id uuid, address_type text, country text, address_sealed text)
    WHERE v_is_new[a.call];

    IF v_are_plain THEN
        RETURN QUERY
        SELECT a.call::integer, 'CREATED', a.number, coalesce(a.placed_at, now()), NULL::uuid, NULL::jsonb
        FROM unnest(p_order_numbers, p_placed_ats) WITH ORDINALITY AS a (number, placed_at, call);
        RETURN;
    END IF;

    IF false = ANY (v_is_new) THEN
        -- Those that others of their buyer left no room for: now that those others are written, the rules tell it.
        SELECT array_agg(CASE WHEN NOT a.is_tried THEN coalesce(a.violations, r.violations) END ORDER BY a.call)
        INTO v_violations
        FROM unnest(v_is_tried, v_violations) WITH ORDINALITY AS a (is_tried, violations, call)
        JOIN validate_order_business_rules(p_tenant_id, p_customer_ids, p_guest_ids, p_totals, v_line_counts,
            p_minimum_totals, p_maximum_totals, p_maximum_lines, p_maximum_pending_orders) AS r ON r.call = a.call;
    END IF;

    RETURN QUERY
    SELECT a.call::integer, CASE WHEN a.is_new THEN 'CREATED' ELSE x.outcome END,
        CASE WHEN a.is_new THEN a.number ELSE x.number END,
        CASE WHEN a.is_new THEN coalesce(a.placed_at, now()) ELSE x.placed_at END,
        CASE WHEN x.outcome = 'DUPLICATE_REFERENCE' THEN x.other_order_id END,
        CASE WHEN x.outcome = 'REFUSED' THEN a.violations END
    FROM unnest(p_order_ids, p_order_numbers, p_placed_ats, p_external_references, v_is_new, v_violations)
        WITH ORDINALITY AS a (id, number, placed_at, external_reference, is_new, violations, call)
    LEFT JOIN LATERAL (
        SELECT CASE
                WHEN e.status = 'CANCELLED' OR t.id IS NOT NULL THEN 'ALREADY_CANCELLED'
                WHEN e.id IS NOT NULL THEN 'EXISTS'
                WHEN r.id IS NOT NULL THEN 'DUPLICATE_REFERENCE'
                WHEN a.violations IS NOT NULL THEN 'REFUSED'
                -- Its number is taken, or what stood in its way is gone since.
                ELSE 'CONFLICT' END AS outcome,
            e.order_number AS number, e.placed_at, r.id AS other_order_id
        FROM (VALUES (a.id, a.external_reference)) AS n (id, external_reference)
        LEFT JOIN orders e ON e.tenant_id = p_tenant_id AND e.id = n.id
        LEFT JOIN order_tombstones t ON t.tenant_id = p_tenant_id AND t.id = n.id
        LEFT JOIN orders r ON r.tenant_id = p_tenant_id AND r.external_reference = n.external_reference
        WHERE NOT a.is_new
    ) AS x ON true
    ORDER BY a.call;
END;
$$;

COMMENT ON FUNCTION create_orders(
    uuid, uuid[], text[], uuid[], uuid[], uuid[], text[], text[], numeric[], numeric[], numeric[], numeric[], numeric[], uuid[],
    text[], text[], timestamptz[], text[], integer[], numeric[], numeric[], integer[], integer[], jsonb, integer[], uuid[],
    uuid[], text[], text[], text[], integer[], numeric[], numeric[], numeric[], numeric[], uuid[], integer[], numeric[],
    numeric[], numeric[], jsonb[]
) IS
    'Creates orders with their lines and addresses, each once for its id, as if one after the other, those first that can be. Lines and addresses name the number of their order, from 1; the lines of an order stand in their order. Answers for each CREATED, EXISTS, REFUSED with violations, DUPLICATE_REFERENCE, ALREADY_CANCELLED, or CONFLICT, after which it is to be called again with another number';

CREATE OR REPLACE FUNCTION create_order(
    p_tenant_id uuid, p_order_id uuid, p_order_number text, p_customer_id uuid, p_guest_id uuid, p_email text,
    p_currency text, p_subtotal numeric, p_tax numeric, p_shipping numeric, p_discount numeric, p_total numeric,
    p_shipping_method_id uuid, p_shipping_method_name text, p_coupon_code text, p_placed_at timestamptz,
    p_external_reference text,
    p_minimum_total numeric, p_maximum_total numeric, p_maximum_lines integer, p_maximum_pending_orders integer,
    p_addresses jsonb,
    p_line_ids uuid[], p_product_ids uuid[], p_skus text[], p_names text[], p_image_urls text[], p_quantities integer[],
    p_unit_prices numeric[], p_discounts numeric[], p_taxes numeric[], p_totals numeric[],
    p_unpaid_minutes integer
) RETURNS TABLE (outcome text, number text, placed timestamptz, other_order_id uuid, violations jsonb)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_lines      integer := cardinality(p_line_ids);
    v_subtotal   numeric;
    v_units      bigint;
    v_placed_at  timestamptz;
    v_violations jsonb;
    v_existing   orders%ROWTYPE;
BEGIN
    -- A cancellation of the same order, which may come first, waits here or makes this wait.
    PERFORM pg_advisory_xact_lock(hashtextextended(p_tenant_id::text || p_order_id::text, 1));

    SELECT jsonb_agg(jsonb_build_object('code', r.code, 'detail', r.detail)) INTO v_violations
    FROM validate_order_business_rules(p_tenant_id, p_customer_id, p_guest_id, p_total, v_lines,
        p_minimum_total, p_maximum_total, p_maximum_lines, p_maximum_pending_orders) r;

    IF v_violations IS NULL THEN
        SELECT sum(l.total), sum(l.quantity) INTO v_subtotal, v_units
        FROM unnest(p_totals, p_quantities) AS l (total, quantity);

        -- Nearly every order is new: the insertion finds out whether this one is not, and only then it is asked why.
        INSERT INTO orders AS o (tenant_id, id, order_number, customer_id, guest_id, email, status, currency, subtotal,
            tax_amount, shipping_amount, discount_amount, total_amount, line_count, unit_count, shipping_method_id,
            shipping_method_name, coupon_code, external_reference, placed_at, payment_due_at)
        SELECT p_tenant_id, p_order_id, p_order_number, p_customer_id, p_guest_id, p_email, 'CREATED', p_currency,
            p_subtotal, p_tax, p_shipping, p_discount, p_total, v_lines, v_units, p_shipping_method_id,
            p_shipping_method_name, p_coupon_code, p_external_reference, coalesce(p_placed_at, now()),
            now() + make_interval(mins => p_unpaid_minutes)
        WHERE NOT EXISTS (SELECT FROM order_tombstones t WHERE t.tenant_id = p_tenant_id AND t.id = p_order_id)
        ON CONFLICT DO NOTHING
        RETURNING o.placed_at INTO v_placed_at;
    END IF;

    IF v_placed_at IS NOT NULL THEN
        IF p_subtotal IS DISTINCT FROM v_subtotal THEN
            RAISE EXCEPTION 'the subtotal % of order % is not the sum of its lines', p_subtotal, p_order_id
                USING ERRCODE = 'check_violation', TABLE = 'orders';
        END IF;

        INSERT INTO order_items (tenant_id, id, order_id, line_number, product_id, sku, name, image_url, quantity,
            unit_price, total_price, discount_amount, tax_amount)
        SELECT p_tenant_id, l.id, p_order_id, l.line_number, l.product_id, l.sku, l.name, l.image_url, l.quantity,
            l.unit_price, l.total_price, l.discount, l.tax
        FROM unnest(p_line_ids, p_product_ids, p_skus, p_names, p_image_urls, p_quantities, p_unit_prices, p_totals,
                p_discounts, p_taxes)
            WITH ORDINALITY AS l (id, product_id, sku, name, image_url, quantity, unit_price, total_price, discount, tax,
                line_number);

        INSERT INTO order_addresses (tenant_id, id, order_id, address_type, first_name, last_name, company, address_line1,
            address_line2, city, state, postal_code, country, phone)
        SELECT p_tenant_id, a.id, p_order_id, a.address_type, a.address ->> 'firstName', a.address ->> 'lastName',
            a.address ->> 'company', a.address ->> 'addressLine1', a.address ->> 'addressLine2', a.address ->> 'city',
            a.address ->> 'state', a.address ->> 'postalCode', a.address ->> 'country', a.address ->> 'phone'
        FROM jsonb_to_recordset(p_addresses) AS a (id uuid, address_type text, address jsonb);

        RETURN QUERY SELECT 'CREATED', p_order_number, v_placed_at, NULL::uuid, NULL::jsonb;
        RETURN;
    END IF;

    SELECT * INTO v_existing FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id;
    IF FOUND THEN
        RETURN QUERY SELECT CASE v_existing.status WHEN 'CANCELLED' THEN 'ALREADY_CANCELLED' ELSE 'EXISTS' END,
            v_existing.order_number, v_existing.placed_at, NULL::uuid, NULL::jsonb;
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM order_tombstones t WHERE t.tenant_id = p_tenant_id AND t.id = p_order_id) THEN
        RETURN QUERY SELECT 'ALREADY_CANCELLED', NULL::text, NULL::timestamptz, NULL::uuid, NULL::jsonb;
        RETURN;
    END IF;
    SELECT * INTO v_existing FROM orders o
    WHERE o.tenant_id = p_tenant_id AND o.external_reference = p_external_reference;
    IF FOUND THEN
        RETURN QUERY SELECT 'DUPLICATE_REFERENCE', NULL::text, NULL::timestamptz, v_existing.id, NULL::jsonb;
        RETURN;
    END IF;
    IF v_violations IS NOT NULL THEN
        RETURN QUERY SELECT 'REFUSED', NULL::text, NULL::timestamptz, NULL::uuid, v_violations;
        RETURN;
    END IF;
    -- The number is taken, or whoever used the reference has given it up since.
    RETURN QUERY SELECT 'CONFLICT', NULL::text, NULL::timestamptz, NULL::uuid, NULL::jsonb;
END;
$$;

-- With its types: until all processes are new, a function of this name without the last one stands beside it.
COMMENT ON FUNCTION create_order(
    uuid, uuid, text, uuid, uuid, text, text, numeric, numeric, numeric, numeric, numeric, uuid, text, text, timestamptz, text,
    numeric, numeric, integer, integer, jsonb, uuid[], uuid[], text[], text[], text[], integer[], numeric[], numeric[],
    numeric[], numeric[], integer
) IS
    'Creates an order with its lines and addresses, once for an order id: CREATED, EXISTS, REFUSED with violations, DUPLICATE_REFERENCE, ALREADY_CANCELLED, or CONFLICT, after which it is to be called again with another number';

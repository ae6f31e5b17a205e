CREATE OR REPLACE FUNCTION add_to_active_cart(
    p_tenant_id uuid, p_id uuid, p_customer_id uuid, p_guest_id uuid, p_currency text, p_days integer,
    p_product_ids uuid[], p_quantities integer[], p_unit_prices numeric[],
    p_maximum_quantity integer, p_maximum_lines integer, p_maximum_worth numeric
) RETURNS TABLE (outcome text, id uuid, customer_id uuid, guest_id uuid, status text, currency text, version bigint,
        expires_at timestamptz, continued_in uuid, products uuid[], quantities integer[], prices numeric[])
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_cart  carts%ROWTYPE;
    v_added integer;
BEGIN
    -- Each owner has one active cart, which the index decides; its row is locked from here on.
    IF p_customer_id IS NOT NULL THEN
        INSERT INTO carts AS c (tenant_id, id, customer_id, guest_id, currency, expires_at)
        VALUES (p_tenant_id, p_id, p_customer_id, p_guest_id, p_currency, now() + make_interval(days => p_days))
        ON CONFLICT (tenant_id, customer_id) WHERE status = 'ACTIVE'
        DO UPDATE SET version = c.version + 1, updated_at = now(), expires_at = excluded.expires_at
        RETURNING c.* INTO v_cart;
    ELSE
        INSERT INTO carts AS c (tenant_id, id, customer_id, guest_id, currency, expires_at)
        VALUES (p_tenant_id, p_id, p_customer_id, p_guest_id, p_currency, now() + make_interval(days => p_days))
        ON CONFLICT (tenant_id, guest_id) WHERE status = 'ACTIVE'
        DO UPDATE SET version = c.version + 1, updated_at = now(), expires_at = excluded.expires_at
        RETURNING c.* INTO v_cart;
    END IF;

    INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price)
    SELECT p_tenant_id, v_cart.id, l.product_id, l.quantity, l.unit_price
    FROM unnest(p_product_ids, p_quantities, p_unit_prices) AS l (product_id, quantity, unit_price)
    ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
    SET quantity = i.quantity + excluded.quantity, unit_price = excluded.unit_price, updated_at = now()
    WHERE i.quantity + excluded.quantity <= p_maximum_quantity;
    GET DIAGNOSTICS v_added = ROW_COUNT;

    RETURN QUERY
    SELECT CASE WHEN v_added < cardinality(p_product_ids) THEN 'QUANTITY_TOO_GREAT'
                WHEN count(*) > p_maximum_lines THEN 'TOO_MANY_LINES'
                WHEN sum(i.quantity * i.unit_price) > p_maximum_worth THEN 'WORTH_TOO_MUCH'
                ELSE 'DONE' END,
        v_cart.id, v_cart.customer_id, v_cart.guest_id, v_cart.status::text, v_cart.currency::text, v_cart.version,
        v_cart.expires_at, v_cart.continued_in,
        array_agg(i.product_id ORDER BY i.added_at, i.product_id),
        array_agg(i.quantity ORDER BY i.added_at, i.product_id),
        array_agg(i.unit_price ORDER BY i.added_at, i.product_id)
    FROM cart_items i
    WHERE i.tenant_id = p_tenant_id AND i.cart_id = v_cart.id;
END;
$$;

COMMENT ON FUNCTION add_to_active_cart(
    uuid, uuid, uuid, uuid, text, integer, uuid[], integer[], numeric[], integer, integer, numeric
) IS
    'Puts products into the active cart of a customer or guest, which is made under the id where there is none, and answers the cart as it is then. Unless it says DONE, a limit is exceeded and the caller has to roll back';

-- What earlier versions of the program read of the answers is there.
DROP FUNCTION IF EXISTS add_to_active_cart(
    uuid, uuid, uuid, uuid, text, integer, uuid[], integer[], numeric[], integer, integer, numeric);
DROP FUNCTION IF EXISTS add_to_active_carts(
    uuid, uuid[], uuid[], uuid[], text[], integer[], integer[], uuid[], integer[], numeric[], integer, integer, numeric);

CREATE OR REPLACE FUNCTION add_to_active_carts(
    p_tenant_id uuid, p_ids uuid[], p_customer_ids uuid[], p_guest_ids uuid[], p_currencies text[], p_days integer[],
    p_line_calls integer[], p_product_ids uuid[], p_quantities integer[], p_unit_prices numeric[],
    p_maximum_quantity integer, p_maximum_lines integer, p_maximum_worth numeric
) RETURNS TABLE (outcome text, id uuid, customer_id uuid, guest_id uuid, status text, currency text, version bigint,
        expires_at timestamptz, continued_in uuid, coupon_code text, products uuid[], quantities integer[], prices numeric[])
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values, nor on how few rows there were when it was made; nor do those of the foreign keys.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_carts    carts[];
    v_overfull bigint[];
BEGIN
    -- Each owner has one active cart, which the index decides; its row is locked from here on.
    WITH asked AS MATERIALIZED (
        SELECT *
        FROM unnest(p_ids, p_customer_ids, p_guest_ids, p_currencies, p_days)
            WITH ORDINALITY AS a (id, customer_id, guest_id, currency, days, call)
    ), of_guests AS (
        INSERT INTO carts AS c (tenant_id, id, guest_id, currency, expires_at)
        SELECT p_tenant_id, a.id, a.guest_id, a.currency, now() + make_interval(days => a.days)
        FROM asked a
        WHERE a.customer_id IS NULL
        ORDER BY a.guest_id
        ON CONFLICT (tenant_id, guest_id) WHERE status = 'ACTIVE'
        DO UPDATE SET version = c.version + 1, updated_at = now(), expires_at = excluded.expires_at,
            currency = CASE
                WHEN c.currency <> excluded.currency AND NOT EXISTS (
                    SELECT FROM cart_items i WHERE i.tenant_id = c.tenant_id AND i.cart_id = c.id)
                THEN excluded.currency ELSE c.currency END
        RETURNING c.guest_id, c AS cart
    ), of_customers AS (
        INSERT INTO carts AS c (tenant_id, id, customer_id, guest_id, currency, expires_at)
        SELECT p_tenant_id, a.id, a.customer_id, a.guest_id, a.currency, now() + make_interval(days => a.days)
        FROM asked a
        -- Guests' carts are locked before customers' by everybody, so they are counted first.
        WHERE a.customer_id IS NOT NULL AND (SELECT count(*) FROM of_guests) >= 0
        ORDER BY a.customer_id
        ON CONFLICT (tenant_id, customer_id) WHERE status = 'ACTIVE'
        DO UPDATE SET version = c.version + 1, updated_at = now(), expires_at = excluded.expires_at,
            currency = CASE
                WHEN c.currency <> excluded.currency AND NOT EXISTS (
                    SELECT FROM cart_items i WHERE i.tenant_id = c.tenant_id AND i.cart_id = c.id)
                THEN excluded.currency ELSE c.currency END
        RETURNING c.customer_id, c AS cart
    )
    SELECT array_agg(coalesce(c.cart, g.cart) ORDER BY a.call) INTO v_carts
    FROM asked a
    LEFT JOIN of_customers c ON c.customer_id = a.customer_id
    LEFT JOIN of_guests g ON g.guest_id = a.guest_id;

    WITH added AS (
        INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price)
        SELECT p_tenant_id, v_carts[l.call].id, l.product_id, l.quantity, l.unit_price
        FROM unnest(p_line_calls, p_product_ids, p_quantities, p_unit_prices)
            AS l (call, product_id, quantity, unit_price)
        ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
        SET quantity = i.quantity + excluded.quantity, unit_price = excluded.unit_price, updated_at = now()
        WHERE i.quantity + excluded.quantity <= p_maximum_quantity
        RETURNING cart_id
    ), added_lines AS (
        SELECT cart_id, count(*) AS line_count FROM added GROUP BY cart_id
    ), asked_lines AS (
        SELECT l.call, count(*) AS line_count FROM unnest(p_line_calls) AS l (call) GROUP BY l.call
    )
    SELECT coalesce(array_agg(asked.call), '{}') INTO v_overfull
    FROM asked_lines asked
    LEFT JOIN added_lines a ON a.cart_id = v_carts[asked.call].id
    WHERE asked.line_count > coalesce(a.line_count, 0);

    RETURN QUERY
    SELECT CASE WHEN c.currency <> p_currencies[c.ordinality] THEN 'OTHER_CURRENCY'
                WHEN c.ordinality = ANY (v_overfull) THEN 'QUANTITY_TOO_GREAT'
                WHEN content.line_count > p_maximum_lines THEN 'TOO_MANY_LINES'
                WHEN content.worth > p_maximum_worth THEN 'WORTH_TOO_MUCH'
                ELSE 'DONE' END,
        c.id, c.customer_id, c.guest_id, c.status::text, c.currency::text, c.version, c.expires_at, c.continued_in,
        c.coupon_code::text, content.products, content.quantities, content.prices
    FROM unnest(v_carts) WITH ORDINALITY AS c
    CROSS JOIN LATERAL (
        SELECT count(*) AS line_count, sum(i.quantity * i.unit_price) AS worth,
            array_agg(i.product_id ORDER BY i.added_at, i.product_id) AS products,
            array_agg(i.quantity ORDER BY i.added_at, i.product_id) AS quantities,
            array_agg(i.unit_price ORDER BY i.added_at, i.product_id) AS prices
        FROM cart_items i
        WHERE i.tenant_id = p_tenant_id AND i.cart_id = c.id
    ) AS content
    ORDER BY c.ordinality;
END;
$$;

COMMENT ON FUNCTION add_to_active_carts(
    uuid, uuid[], uuid[], uuid[], text[], integer[], integer[], uuid[], integer[], numeric[], integer, integer, numeric
) IS
    'Puts products into the active carts of customers and guests, different ones, which are made under the ids where there are none, and answers the carts in the order of the owners as they are then. Lines name the position of their owner, from 1. A cart that is empty takes over the currency. Where one is not DONE, a limit is exceeded, or the cart is in another currency, and the caller has to roll back.';

CREATE OR REPLACE FUNCTION add_to_active_cart(
    p_tenant_id uuid, p_id uuid, p_customer_id uuid, p_guest_id uuid, p_currency text, p_days integer,
    p_product_ids uuid[], p_quantities integer[], p_unit_prices numeric[],
    p_maximum_quantity integer, p_maximum_lines integer, p_maximum_worth numeric
) RETURNS TABLE (outcome text, id uuid, customer_id uuid, guest_id uuid, status text, currency text, version bigint,
        expires_at timestamptz, continued_in uuid, coupon_code text, products uuid[], quantities integer[], prices numeric[])
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- Earlier versions of the program fill one cart at a time.
    RETURN QUERY
    SELECT c.*
    FROM add_to_active_carts(p_tenant_id, ARRAY[p_id], ARRAY[p_customer_id], ARRAY[p_guest_id], ARRAY[p_currency],
        ARRAY[p_days], array_fill(1, ARRAY[cardinality(p_product_ids)]), p_product_ids, p_quantities, p_unit_prices,
        p_maximum_quantity, p_maximum_lines, p_maximum_worth) AS c;
END;
$$;

COMMENT ON FUNCTION add_to_active_cart(
    uuid, uuid, uuid, uuid, text, integer, uuid[], integer[], numeric[], integer, integer, numeric
) IS
    'Puts products into the active cart of one customer or guest, as add_to_active_carts.';

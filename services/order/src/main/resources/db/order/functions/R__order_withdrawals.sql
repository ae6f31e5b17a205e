CREATE OR REPLACE FUNCTION line_beyond_what_is_left(p_tenant_id uuid, p_order_id uuid, p_item_ids uuid[], p_quantities integer[])
    RETURNS TABLE (order_item_id uuid, units integer)
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT w.id, i.quantity - i.packed_quantity - i.withdrawn_quantity
    FROM unnest(p_item_ids, p_quantities) WITH ORDINALITY AS w (id, quantity, place)
    LEFT JOIN order_items i ON i.tenant_id = p_tenant_id AND i.id = w.id AND i.order_id = p_order_id
    WHERE i.id IS NULL OR w.quantity > i.quantity - i.packed_quantity - i.withdrawn_quantity
    ORDER BY w.place
    LIMIT 1
$$;

COMMENT ON FUNCTION line_beyond_what_is_left(uuid, uuid, uuid[], integer[]) IS
    'The first of these lines of which fewer units are neither packed nor withdrawn, with how many these are; NULL where it is no line of the order. No row if there is none. Holds against others only while its caller has the lock of the order';

CREATE OR REPLACE FUNCTION withdraw_order_units(
    p_tenant_id uuid, p_order_id uuid, p_withdrawal_id uuid, p_item_ids uuid[], p_quantities integer[], p_reason text
) RETURNS TABLE (outcome text, status text, version bigint, order_number text, customer_id uuid, is_delivered_now boolean,
        order_item_id uuid, units integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_order   orders%ROWTYPE;
    v_item_id uuid;
    v_units   integer;
BEGIN
    -- Not while somebody packs them, nor while the order is cancelled or given back.
    SELECT * INTO v_order FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- What counts as sent and of which no parcel ever left was sent before there were parcels, or elsewhere.
    IF v_order.status NOT IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED') OR v_order.status = 'SHIPPED' AND NOT EXISTS (
        SELECT FROM order_shipments s
        WHERE s.tenant_id = p_tenant_id AND s.order_id = p_order_id AND s.shipped_at IS NOT NULL
    ) THEN
        RETURN QUERY SELECT 'NOT_SENDABLE', v_order.status, v_order.version, NULL, NULL::uuid, false, NULL::uuid, NULL::integer;
        RETURN;
    END IF;
    SELECT b.order_item_id, b.units INTO v_item_id, v_units
    FROM line_beyond_what_is_left(p_tenant_id, p_order_id, p_item_ids, p_quantities) b;
    IF FOUND THEN
        RETURN QUERY SELECT CASE WHEN v_units IS NULL THEN 'NO_SUCH_LINE' ELSE 'MORE_THAN_LEFT' END, v_order.status,
            v_order.version, NULL, NULL::uuid, false, v_item_id, v_units;
        RETURN;
    END IF;

    PERFORM write_withdrawal(p_tenant_id, p_withdrawal_id, p_order_id, NULL, p_reason, p_item_ids, p_quantities);
    RETURN QUERY
    SELECT 'WITHDRAWN', f.status, f.version, f.order_number, f.customer_id, f.is_delivered_now, NULL::uuid, NULL::integer
    FROM follow_order_parcels(p_tenant_id, p_order_id, 1) f;
END;
$$;

COMMENT ON FUNCTION withdraw_order_units(uuid, uuid, uuid, uuid[], integer[], text) IS
    'Decides that units of lines will not be sent: WITHDRAWN, NOT_SENDABLE, NO_SUCH_LINE, or MORE_THAN_LEFT with the line and what is left of it. No row if there is no such order';

CREATE OR REPLACE FUNCTION write_withdrawal(
    p_tenant_id uuid, p_withdrawal_id uuid, p_order_id uuid, p_refund_id uuid, p_reason text, p_item_ids uuid[],
    p_quantities integer[]
) RETURNS void
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    INSERT INTO order_withdrawals (tenant_id, id, order_id, refund_id, reason, withdrawn_by)
    VALUES (p_tenant_id, p_withdrawal_id, p_order_id, p_refund_id, p_reason,
        concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
            nullif(current_setting('app.principal_id', true), '')));
    INSERT INTO order_withdrawal_items (tenant_id, id, withdrawal_id, order_item_id, quantity)
    SELECT p_tenant_id, gen_random_uuid(), p_withdrawal_id, l.id, l.quantity
    FROM unnest(p_item_ids, p_quantities) AS l (id, quantity)
$$;

COMMENT ON FUNCTION write_withdrawal(uuid, uuid, uuid, uuid, text, uuid[], integer[]) IS
    'Writes that units of lines will not be sent. Comes with the lock of the order';

CREATE OR REPLACE FUNCTION units_to_withdraw(p_tenant_id uuid, p_order_id uuid, p_product_ids uuid[], p_quantities integer[])
    RETURNS TABLE (product_id uuid, units bigint, item_ids uuid[], quantities integer[])
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    -- Of each product: what staff withdrew and nobody has put on sale again comes first, then what is not packed, then what was
    -- delivered. The rest lies in parcels that wait or are under way: should one of these come back, its units are packed anew.
    WITH sold AS (
        SELECT i.product_id, sum(i.quantity - i.packed_quantity - i.withdrawn_quantity) AS unpacked,
            sum(i.delivered_quantity) AS delivered
        FROM order_items i
        WHERE i.tenant_id = p_tenant_id AND i.order_id = p_order_id AND i.product_id = ANY (p_product_ids)
        GROUP BY i.product_id
    ), withdrawn AS (
        SELECT i.product_id, coalesce(sum(l.quantity) FILTER (WHERE w.refund_id IS NULL), 0) AS by_staff,
            coalesce(sum(l.quantity) FILTER (WHERE w.refund_id IS NOT NULL), 0) AS by_refunds
        FROM order_withdrawals w
        JOIN order_withdrawal_items l ON l.tenant_id = w.tenant_id AND l.withdrawal_id = w.id
        JOIN order_items i ON i.tenant_id = l.tenant_id AND i.id = l.order_item_id
        WHERE w.tenant_id = p_tenant_id AND w.order_id = p_order_id AND w.undone_at IS NULL
        GROUP BY i.product_id
    ), returned AS (
        SELECT i.product_id, sum(i.quantity) AS units
        FROM order_refunds r
        JOIN order_refund_items i ON i.tenant_id = r.tenant_id AND i.refund_id = r.id
        WHERE r.tenant_id = p_tenant_id AND r.order_id = p_order_id AND r.status <> 'REFUSED'
          AND r.restock_status <> 'REFUSED'
        GROUP BY i.product_id
    ), known AS (
        SELECT a.product_id, a.quantity, a.place, s.unpacked, s.delivered, coalesce(w.by_staff, 0) AS by_staff,
            greatest(0, coalesce(b.units, 0) - coalesce(w.by_refunds, 0)) AS returned
        FROM unnest(p_product_ids, p_quantities) WITH ORDINALITY AS a (product_id, quantity, place)
        JOIN sold s ON s.product_id = a.product_id
        LEFT JOIN withdrawn w ON w.product_id = a.product_id
        LEFT JOIN returned b ON b.product_id = a.product_id
    ), wanted AS (
        SELECT k.*, least(k.unpacked, greatest(0, k.quantity - greatest(0, k.by_staff - k.returned))) AS to_withdraw,
            greatest(0, k.by_staff - k.returned) + k.unpacked + greatest(0, k.delivered - greatest(0, k.returned - k.by_staff))
                AS possible
        FROM known k
    ), spread AS (
        SELECT i.id, least(i.quantity - i.packed_quantity - i.withdrawn_quantity, w.to_withdraw - coalesce(sum(
                i.quantity - i.packed_quantity - i.withdrawn_quantity) OVER (PARTITION BY i.product_id ORDER BY i.line_number
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS units
        FROM wanted w
        JOIN order_items i ON i.tenant_id = p_tenant_id AND i.order_id = p_order_id AND i.product_id = w.product_id
    )
    SELECT (SELECT w.product_id FROM wanted w WHERE w.quantity > w.possible ORDER BY w.place LIMIT 1),
        (SELECT w.possible FROM wanted w WHERE w.quantity > w.possible ORDER BY w.place LIMIT 1),
        (SELECT array_agg(s.id) FROM spread s WHERE s.units > 0),
        (SELECT array_agg(s.units::integer) FROM spread s WHERE s.units > 0)
$$;

COMMENT ON FUNCTION units_to_withdraw(uuid, uuid, uuid[], integer[]) IS
    'Which units of lines are not to be sent if so many of these products are put on sale again. Names a product instead, and how many units of it may be, where some lie in parcels that wait or are under way. Holds against others only while its caller has the lock of the order';

CREATE OR REPLACE FUNCTION refuse_order_refund(p_tenant_id uuid, p_refund_id uuid, p_refusal_code text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_order_id uuid;
BEGIN
    -- The order's lock first, as everywhere.
    SELECT o.id INTO v_order_id
    FROM orders o
    WHERE o.tenant_id = p_tenant_id
      AND o.id = (SELECT r.order_id FROM order_refunds r WHERE r.tenant_id = p_tenant_id AND r.id = p_refund_id)
    FOR NO KEY UPDATE;
    UPDATE order_refunds r
    SET status = 'REFUSED', refusal_code = p_refusal_code, ended_at = now()
    WHERE r.tenant_id = p_tenant_id AND r.id = p_refund_id AND r.status = 'PENDING';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- What was to be for sale again is to be sent again.
    UPDATE order_withdrawals w
    SET undone_at = now()
    WHERE w.tenant_id = p_tenant_id AND w.refund_id = p_refund_id AND w.undone_at IS NULL;
    IF FOUND THEN
        PERFORM follow_order_parcels(p_tenant_id, v_order_id, 0);
    END IF;
END;
$$;

COMMENT ON FUNCTION refuse_order_refund(uuid, uuid, text) IS
    'Gives up the claims of a refund that is refused, to the amount and to units, unless it was given after all';

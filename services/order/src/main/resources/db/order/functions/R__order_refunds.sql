-- Earlier versions of the program give no words: for them the last parameter has a default.
DROP FUNCTION IF EXISTS start_order_refund(uuid, uuid, uuid, numeric, text, text, uuid[], uuid[], integer[]);
-- It answers more than it did; what earlier versions of the program read of it is there.
DROP FUNCTION IF EXISTS record_order_refund(uuid, uuid, uuid, numeric, text, text);

CREATE OR REPLACE FUNCTION start_order_refund(
    p_tenant_id uuid, p_refund_id uuid, p_order_id uuid, p_amount numeric, p_currency text, p_reason text,
    p_item_ids uuid[], p_product_ids uuid[], p_quantities integer[], p_words_sealed text DEFAULT NULL
) RETURNS TABLE (outcome text, status text, amount numeric, currency text, product_id uuid, units bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_order      orders%ROWTYPE;
    v_refundable numeric;
    v_product_id uuid;
    v_units      bigint;
    v_item_ids   uuid[];
    v_quantities integer[];
BEGIN
    -- Refunds of an order begin one after the other, so that none of the sums below can be outrun.
    SELECT * INTO v_order FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_order.status NOT IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'REFUNDED') THEN
        RETURN QUERY SELECT 'NOT_REFUNDABLE', v_order.status, NULL::numeric, v_order.currency, NULL::uuid, NULL::bigint;
        RETURN;
    END IF;
    IF p_currency <> v_order.currency THEN
        RETURN QUERY SELECT 'OTHER_CURRENCY', v_order.status, NULL::numeric, v_order.currency, NULL::uuid, NULL::bigint;
        RETURN;
    END IF;

    SELECT v_order.total_amount - coalesce(sum(r.amount), 0) INTO v_refundable
    FROM order_refunds r
    WHERE r.tenant_id = p_tenant_id AND r.order_id = p_order_id AND r.status <> 'REFUSED';
    IF v_refundable <= 0 OR p_amount > v_refundable THEN
        RETURN QUERY SELECT 'TOO_MUCH', v_order.status, greatest(v_refundable, 0), v_order.currency, NULL::uuid,
            NULL::bigint;
        RETURN;
    END IF;

    SELECT w.product_id, coalesce(s.units, 0) - coalesce(b.units, 0) INTO v_product_id, v_units
    FROM unnest(p_product_ids, p_quantities) AS w (product_id, quantity)
    LEFT JOIN (
        SELECT i.product_id, sum(i.quantity) AS units FROM order_items i
        WHERE i.tenant_id = p_tenant_id AND i.order_id = p_order_id GROUP BY i.product_id
    ) s ON s.product_id = w.product_id
    LEFT JOIN (
        SELECT i.product_id, sum(i.quantity) AS units
        FROM order_refunds r
        JOIN order_refund_items i ON i.tenant_id = r.tenant_id AND i.refund_id = r.id
        WHERE r.tenant_id = p_tenant_id AND r.order_id = p_order_id AND r.status <> 'REFUSED'
          AND r.restock_status <> 'REFUSED'
        GROUP BY i.product_id
    ) b ON b.product_id = w.product_id
    WHERE w.quantity > coalesce(s.units, 0) - coalesce(b.units, 0)
    LIMIT 1;
    IF FOUND THEN
        RETURN QUERY SELECT 'MORE_THAN_SOLD', v_order.status, NULL::numeric, v_order.currency, v_product_id, v_units;
        RETURN;
    END IF;

    -- What is for sale again cannot be sent too. An order that counts as sent and has no parcels was sent before there were any.
    IF v_order.status IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED') OR EXISTS (
        SELECT FROM order_shipments s WHERE s.tenant_id = p_tenant_id AND s.order_id = p_order_id
    ) THEN
        SELECT w.product_id, w.units, w.item_ids, w.quantities INTO v_product_id, v_units, v_item_ids, v_quantities
        FROM units_to_withdraw(p_tenant_id, p_order_id, p_product_ids, p_quantities) w;
        IF v_product_id IS NOT NULL THEN
            RETURN QUERY SELECT 'IN_PARCELS', v_order.status, NULL::numeric, v_order.currency, v_product_id, v_units;
            RETURN;
        END IF;
    END IF;

    INSERT INTO order_refunds (tenant_id, id, order_id, amount, reason, words_sealed, restock_status, requested_by)
    VALUES (p_tenant_id, p_refund_id, p_order_id, coalesce(p_amount, v_refundable), p_reason,
        -- A buyer who was forgotten while the words were sealed stays so.
        CASE WHEN v_order.erased_at IS NULL THEN p_words_sealed END,
        CASE WHEN cardinality(p_item_ids) > 0 THEN 'PENDING' END,
        concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
            nullif(current_setting('app.principal_id', true), '')));
    INSERT INTO order_refund_items (tenant_id, id, refund_id, product_id, quantity)
    SELECT p_tenant_id, l.id, p_refund_id, l.product_id, l.quantity
    FROM unnest(p_item_ids, p_product_ids, p_quantities) AS l (id, product_id, quantity);
    IF v_item_ids IS NOT NULL THEN
        PERFORM write_withdrawal(p_tenant_id, p_refund_id, p_order_id, p_refund_id, p_reason, v_item_ids, v_quantities);
        PERFORM follow_order_parcels(p_tenant_id, p_order_id, 0);
    END IF;
    RETURN QUERY SELECT 'STARTED', v_order.status, coalesce(p_amount, v_refundable), v_order.currency, NULL::uuid,
        NULL::bigint;
END;
$$;

COMMENT ON FUNCTION start_order_refund(uuid, uuid, uuid, numeric, text, text, uuid[], uuid[], integer[], text) IS
    'Claims an amount, or all that is left, and units of an order for a refund: STARTED, NOT_REFUNDABLE, OTHER_CURRENCY, TOO_MUCH with what is left, MORE_THAN_SOLD with the units left of the product, or IN_PARCELS with those that do not lie in parcels that wait or are under way. What is not packed of these units is withdrawn. No row if there is no such order';

CREATE OR REPLACE FUNCTION record_order_refund(
    p_tenant_id uuid, p_order_id uuid, p_refund_id uuid, p_amount numeric, p_payment_status text, p_reason text
) RETURNS TABLE (version bigint, refunded_amount numeric, currency text, followed_status text, followed_version bigint,
        order_number text, customer_id uuid, is_delivered_now boolean)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_becomes_refunded boolean;
    v_order            orders%ROWTYPE;
BEGIN
    -- The saga that asked for the refund and the event that tells of it come here in any order, the order's lock first.
    PERFORM FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO order_refunds AS r (tenant_id, id, order_id, amount, status, reason, requested_by, ended_at)
    VALUES (p_tenant_id, p_refund_id, p_order_id, p_amount, 'COMPLETED', p_reason,
        concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
            nullif(current_setting('app.principal_id', true), '')), now())
    ON CONFLICT (tenant_id, id) DO UPDATE
    SET status = 'COMPLETED', amount = excluded.amount, refusal_code = NULL, ended_at = excluded.ended_at
    WHERE r.status <> 'COMPLETED';
    IF NOT FOUND THEN
        RETURN;
    END IF;

    SELECT o.refunded_amount + p_amount >= o.total_amount
        AND EXISTS (SELECT FROM order_state_transitions t WHERE t.from_state = o.status AND t.to_state = 'REFUNDED')
    INTO v_becomes_refunded
    FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id;

    UPDATE orders o
    SET refunded_amount = o.refunded_amount + p_amount,
        payment_status = CASE WHEN payment_status_rank(p_payment_status) > payment_status_rank(o.payment_status)
            THEN p_payment_status ELSE o.payment_status END,
        status = CASE WHEN v_becomes_refunded THEN 'REFUNDED' ELSE o.status END,
        status_reason = CASE WHEN v_becomes_refunded THEN p_reason ELSE o.status_reason END,
        updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id
    RETURNING o.* INTO v_order;
    IF v_becomes_refunded THEN
        PERFORM cancel_pending_parcels(p_tenant_id, p_order_id);
    END IF;

    IF EXISTS (SELECT FROM order_withdrawals w
               WHERE w.tenant_id = p_tenant_id AND w.refund_id = p_refund_id AND w.undone_at IS NULL) THEN
        -- What it withdrew will never be sent now: that may have been all that was left.
        RETURN QUERY
        SELECT v_order.version, v_order.refunded_amount, v_order.currency, f.status, f.version, f.order_number, f.customer_id,
            f.is_delivered_now
        FROM follow_order_parcels(p_tenant_id, p_order_id, 1) f;
    ELSE
        RETURN QUERY
        SELECT v_order.version, v_order.refunded_amount, v_order.currency, NULL, NULL::bigint, NULL, NULL::uuid, false;
    END IF;
END;
$$;

COMMENT ON FUNCTION record_order_refund(uuid, uuid, uuid, numeric, text, text) IS
    'Records that a refund was given, once, and returns the order after it, and once more where units were withdrawn for it; an order of which everything is given back becomes REFUNDED where order_state_transitions allows it, and what has not left is not sent. No row if it was recorded before, or there is no such order';

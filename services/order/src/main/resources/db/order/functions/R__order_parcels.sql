CREATE OR REPLACE FUNCTION follow_order_parcels(p_tenant_id uuid, p_order_id uuid, p_events integer)
    RETURNS TABLE (status text, version bigint, order_number text, customer_id uuid, is_delivered_now boolean)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_states    CONSTANT text[] := ARRAY['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];
    v_status    text;
    v_next      text;
    v_to_send   bigint;
    v_claimed   bigint;
    v_packed    bigint;
    v_sent      bigint;
    v_delivered bigint;
BEGIN
    SELECT o.status INTO STRICT v_status
    FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;

    SELECT sum(i.quantity - i.withdrawn_quantity), sum(i.packed_quantity), sum(i.sent_quantity), sum(i.delivered_quantity)
    INTO v_to_send, v_packed, v_sent, v_delivered
    FROM order_items i WHERE i.tenant_id = p_tenant_id AND i.order_id = p_order_id;

    -- What a refund has withdrawn that may still be refused may still have to be sent.
    SELECT coalesce(sum(l.quantity), 0) INTO v_claimed
    FROM order_withdrawals w
    JOIN order_refunds r ON r.tenant_id = w.tenant_id AND r.id = w.refund_id AND r.status = 'PENDING'
    JOIN order_withdrawal_items l ON l.tenant_id = w.tenant_id AND l.withdrawal_id = w.id
    WHERE w.tenant_id = p_tenant_id AND w.order_id = p_order_id AND w.undone_at IS NULL;

    v_next := CASE
        -- Of what has left nothing arrived, and nothing more will be sent: no parcel will ever end this order.
        WHEN v_to_send + v_claimed = 0 AND v_status IN ('PARTIALLY_SHIPPED', 'SHIPPED') THEN 'DELIVERED'
        WHEN v_packed = 0 THEN v_status
        WHEN v_delivered = v_to_send + v_claimed THEN 'DELIVERED'
        WHEN v_sent = v_to_send + v_claimed THEN 'SHIPPED'
        WHEN v_sent > 0 THEN 'PARTIALLY_SHIPPED'
        ELSE 'PROCESSING' END;
    -- Only forward, and not from where nobody sends: then there is no position.
    IF array_position(v_states, v_next) > array_position(v_states, v_status) IS NOT TRUE THEN
        v_next := v_status;
    END IF;

    RETURN QUERY
    UPDATE orders o
    SET status = v_next, status_reason = CASE WHEN v_next = o.status THEN o.status_reason END,
        completed_at = CASE WHEN v_next = 'DELIVERED' THEN coalesce(o.completed_at, now()) ELSE o.completed_at END,
        units_to_resend = CASE WHEN v_next = 'SHIPPED' THEN v_to_send - v_sent ELSE 0 END,
        updated_at = now(),
        -- One for each event, and for each state that the order passes through.
        version = o.version + greatest(1,
            p_events + (v_next = 'DELIVERED' AND v_status <> 'DELIVERED')::integer,
            CASE WHEN v_status = 'PARTIALLY_SHIPPED' AND v_next = 'DELIVERED' THEN 2 ELSE 1 END)
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id
    RETURNING o.status, o.version, o.order_number, o.customer_id, v_next = 'DELIVERED' AND v_status <> 'DELIVERED';
END;
$$;

COMMENT ON FUNCTION follow_order_parcels(uuid, uuid, integer) IS
    'Has the state of an order follow its parcels and what is withdrawn, only forward, and raises its version, at least by the number of events that are to tell of it, and by one more where it is delivered now';

CREATE OR REPLACE FUNCTION refunds_claim_everything(p_tenant_id uuid, p_order_id uuid, p_total_amount numeric) RETURNS boolean
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT p_total_amount > 0 AND coalesce(sum(r.amount) >= p_total_amount AND bool_or(r.status = 'PENDING'), false)
    FROM order_refunds r
    WHERE r.tenant_id = p_tenant_id AND r.order_id = p_order_id AND r.status <> 'REFUSED'
$$;

COMMENT ON FUNCTION refunds_claim_everything(uuid, uuid, numeric) IS
    'Whether all the money of an order is given back or about to be, and nobody knows yet whether it will. Holds against others only while its caller has the lock of the order';

CREATE OR REPLACE FUNCTION make_order_parcel(
    p_tenant_id uuid, p_order_id uuid, p_shipment_id uuid, p_item_ids uuid[], p_quantities integer[], p_carrier text,
    p_tracking_number_sealed text, p_tracking_url_sealed text, p_estimated_delivery date, p_is_sent boolean,
    p_maximum_parcels integer
) RETURNS TABLE (outcome text, status text, version bigint, order_number text, customer_id uuid, order_item_id uuid, units integer)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_order      orders%ROWTYPE;
    v_item_ids   uuid[] := p_item_ids;
    v_quantities integer[] := p_quantities;
    v_item_id    uuid;
    v_units      integer;
BEGIN
    -- Parcels of an order are made one after the other, and not while it is cancelled or given back.
    SELECT * INTO v_order FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- What counts as sent and of which no parcel ever left was sent before there were parcels, or elsewhere.
    IF v_order.status NOT IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED') OR v_order.status = 'SHIPPED' AND NOT EXISTS (
        SELECT FROM order_shipments s
        WHERE s.tenant_id = p_tenant_id AND s.order_id = p_order_id AND s.shipped_at IS NOT NULL
    ) THEN
        RETURN QUERY SELECT 'NOT_SENDABLE', v_order.status, v_order.version, NULL, NULL::uuid, NULL::uuid, NULL::integer;
        RETURN;
    END IF;
    IF refunds_claim_everything(p_tenant_id, p_order_id, v_order.total_amount) THEN
        RETURN QUERY SELECT 'REFUND_PENDING', v_order.status, v_order.version, NULL, NULL::uuid, NULL::uuid, NULL::integer;
        RETURN;
    END IF;
    IF (SELECT count(*) FROM order_shipments s WHERE s.tenant_id = p_tenant_id AND s.order_id = p_order_id) >= p_maximum_parcels THEN
        RETURN QUERY SELECT 'TOO_MANY_PARCELS', v_order.status, v_order.version, NULL, NULL::uuid, NULL::uuid, NULL::integer;
        RETURN;
    END IF;

    IF v_item_ids IS NULL THEN
        SELECT array_agg(l.id ORDER BY l.line_number), array_agg(l.units ORDER BY l.line_number) INTO v_item_ids, v_quantities
        FROM (
            SELECT i.id, i.line_number, i.quantity - i.packed_quantity - i.withdrawn_quantity AS units
            FROM order_items i WHERE i.tenant_id = p_tenant_id AND i.order_id = p_order_id
        ) l
        WHERE l.units > 0;
        IF v_item_ids IS NULL THEN
            RETURN QUERY SELECT 'NOTHING_LEFT', v_order.status, v_order.version, NULL, NULL::uuid, NULL::uuid, NULL::integer;
            RETURN;
        END IF;
    END IF;

    SELECT b.order_item_id, b.units INTO v_item_id, v_units
    FROM line_beyond_what_is_left(p_tenant_id, p_order_id, v_item_ids, v_quantities) b;
    IF FOUND THEN
        RETURN QUERY SELECT CASE WHEN v_units IS NULL THEN 'NO_SUCH_LINE' ELSE 'MORE_THAN_LEFT' END, v_order.status,
            v_order.version, NULL, NULL::uuid, v_item_id, v_units;
        RETURN;
    END IF;

    INSERT INTO order_shipments (tenant_id, id, order_id, carrier, tracking_number_sealed, tracking_url_sealed, estimated_delivery)
    VALUES (p_tenant_id, p_shipment_id, p_order_id, p_carrier,
        -- A buyer who was forgotten while it was sealed stays so.
        CASE WHEN v_order.erased_at IS NULL THEN p_tracking_number_sealed END,
        CASE WHEN v_order.erased_at IS NULL THEN p_tracking_url_sealed END, p_estimated_delivery);
    INSERT INTO order_shipment_items (tenant_id, id, shipment_id, order_item_id, quantity)
    SELECT p_tenant_id, gen_random_uuid(), p_shipment_id, w.id, w.quantity
    FROM unnest(v_item_ids, v_quantities) AS w (id, quantity);
    IF p_is_sent THEN
        UPDATE order_shipments s
        SET status = 'SHIPPED', shipped_at = s.status_at, updated_at = now(), version = s.version + 1
        WHERE s.tenant_id = p_tenant_id AND s.id = p_shipment_id;
    END IF;
    RETURN QUERY
    SELECT 'MADE', f.status, f.version, f.order_number, f.customer_id, NULL::uuid, NULL::integer
    FROM follow_order_parcels(p_tenant_id, p_order_id, p_is_sent::integer) f;
END;
$$;

COMMENT ON FUNCTION make_order_parcel(uuid, uuid, uuid, uuid[], integer[], text, text, text, date, boolean, integer) IS
    'Packs units of lines, or all that is left, into a parcel that may leave at once: MADE, NOT_SENDABLE, REFUND_PENDING, TOO_MANY_PARCELS, NOTHING_LEFT, NO_SUCH_LINE, or MORE_THAN_LEFT with the line and what is left of it. No row if there is no such order';

CREATE OR REPLACE FUNCTION move_order_parcel(
    p_tenant_id uuid, p_order_id uuid, p_shipment_id uuid, p_status text, p_at timestamptz, p_words_sealed text
) RETURNS TABLE (outcome text, shipment_status text, shipment_version bigint, status text, version bigint, order_number text,
        customer_id uuid, is_delivered_now boolean)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_order    orders%ROWTYPE;
    v_parcel   order_shipments%ROWTYPE;
    v_earliest timestamptz;
    v_refusal  text;
BEGIN
    SELECT * INTO v_order FROM orders o WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    SELECT * INTO v_parcel FROM order_shipments s
    WHERE s.tenant_id = p_tenant_id AND s.id = p_shipment_id AND s.order_id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    v_earliest := coalesce(v_parcel.shipped_at, v_order.placed_at);
    v_refusal := CASE
        WHEN v_parcel.status = p_status THEN 'SAME'
        WHEN NOT EXISTS (SELECT FROM shipment_state_transitions t
                         WHERE t.from_state = v_parcel.status AND t.to_state = p_status) THEN 'ILLEGAL'
        WHEN p_status = 'SHIPPED' AND v_order.status NOT IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED')
            THEN 'NOT_SENDABLE'
        WHEN p_status = 'SHIPPED' AND refunds_claim_everything(p_tenant_id, p_order_id, v_order.total_amount)
            THEN 'REFUND_PENDING'
        WHEN p_at < v_earliest OR p_at > clock_timestamp() + interval '1 minute' THEN 'IMPOSSIBLE_TIME' END;
    IF v_refusal IS NOT NULL THEN
        RETURN QUERY SELECT v_refusal, v_parcel.status, v_parcel.version, v_order.status, v_order.version, v_order.order_number,
            v_order.customer_id, false;
        RETURN;
    END IF;

    UPDATE order_shipments s
    SET status = p_status, status_at = coalesce(p_at, greatest(now(), v_earliest)),
        shipped_at = CASE WHEN p_status = 'SHIPPED' THEN coalesce(p_at, greatest(now(), v_earliest)) ELSE s.shipped_at END,
        delivered_at = CASE WHEN p_status = 'DELIVERED' THEN coalesce(p_at, greatest(now(), v_earliest)) END,
        -- A buyer who was forgotten while they were sealed stays so.
        words_sealed = CASE WHEN v_order.erased_at IS NULL THEN p_words_sealed END,
        updated_at = now(), version = s.version + 1
    WHERE s.tenant_id = p_tenant_id AND s.id = p_shipment_id;
    RETURN QUERY
    SELECT 'MOVED', p_status, v_parcel.version + 1, f.status, f.version, f.order_number, f.customer_id, f.is_delivered_now
    FROM follow_order_parcels(p_tenant_id, p_order_id, (p_status IN ('SHIPPED', 'DELIVERED'))::integer) f;
END;
$$;

COMMENT ON FUNCTION move_order_parcel(uuid, uuid, uuid, text, timestamptz, text) IS
    'Takes a parcel to a state where shipment_state_transitions allows it, and the order along: MOVED, SAME if it is there already, ILLEGAL, NOT_SENDABLE, REFUND_PENDING, or IMPOSSIBLE_TIME. No row if the order has no such parcel';

CREATE OR REPLACE FUNCTION cancel_pending_parcels(p_tenant_id uuid, p_order_id uuid) RETURNS void
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    UPDATE order_shipments s
    SET status = 'CANCELLED', status_at = now(), words_sealed = NULL, updated_at = now(), version = s.version + 1
    WHERE s.tenant_id = p_tenant_id AND s.order_id = p_order_id AND s.status = 'PENDING'
$$;

COMMENT ON FUNCTION cancel_pending_parcels(uuid, uuid) IS
    'Cancels those parcels of an order that have not left. Comes with the lock of the order';

-- Earlier versions of the program give no words: for them the last parameter has a default. What they read of the answers is there.
DROP FUNCTION IF EXISTS cancel_order(uuid, uuid, text);
DROP FUNCTION IF EXISTS cancel_order(uuid, uuid, text, text);
DROP FUNCTION IF EXISTS expire_unpaid_order(uuid, uuid, text);
DROP FUNCTION IF EXISTS cancel_order_without_payment(uuid, uuid, uuid, text);

CREATE OR REPLACE FUNCTION cancel_order(p_tenant_id uuid, p_order_id uuid, p_reason text, p_words_sealed text DEFAULT NULL)
    RETURNS TABLE (was_changed boolean, status text, version bigint, order_number text, customer_id uuid,
        has_discount boolean)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- Read first: joined to the order, the row of its earlier state would decide after a wait for another writer.
    v_cancellable text[] := ARRAY(SELECT t.from_state FROM order_state_transitions t WHERE t.to_state = 'CANCELLED');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_tenant_id::text || p_order_id::text, 1));

    RETURN QUERY
    UPDATE orders o
    SET status = 'CANCELLED', status_reason = p_reason, cancelled_at = now(), updated_at = now(), version = o.version + 1,
        -- A buyer who was forgotten while the words were sealed stays so.
        cancellation_words_sealed = CASE WHEN o.erased_at IS NULL THEN p_words_sealed END
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id AND o.status = ANY (v_cancellable)
    RETURNING true, o.status, o.version, o.order_number, o.customer_id, o.discount_amount > 0;
    IF FOUND THEN
        PERFORM cancel_pending_parcels(p_tenant_id, p_order_id);
        RETURN;
    END IF;

    RETURN QUERY
    SELECT false, o.status, o.version, o.order_number, o.customer_id, o.discount_amount > 0
    FROM orders o
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id;
    IF FOUND THEN
        RETURN;
    END IF;

    INSERT INTO order_tombstones (tenant_id, id, reason) VALUES (p_tenant_id, p_order_id, p_reason)
    ON CONFLICT DO NOTHING;
END;
$$;

COMMENT ON FUNCTION cancel_order(uuid, uuid, text, text) IS
    'Cancels an order where order_state_transitions allows it, once, with the parcels that have not left. No row if there is no such order, which then never will be';

CREATE OR REPLACE FUNCTION expire_unpaid_order(p_tenant_id uuid, p_order_id uuid, p_reason text)
    RETURNS TABLE (was_changed boolean, status text, version bigint, order_number text, customer_id uuid,
        has_discount boolean)
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    UPDATE orders o
    SET status = 'CANCELLED', status_reason = p_reason, cancelled_at = now(), updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id
      AND o.status = 'CREATED' AND o.payment_due_at <= clock_timestamp()
    RETURNING true, o.status, o.version, o.order_number, o.customer_id, o.discount_amount > 0
$$;

COMMENT ON FUNCTION expire_unpaid_order(uuid, uuid, text) IS
    'Cancels an order that is still CREATED after its payment was due, once. No row if it is not, or no longer';

CREATE OR REPLACE FUNCTION cancel_order_without_payment(
    p_tenant_id uuid, p_order_id uuid, p_payment_id uuid, p_reason text
) RETURNS TABLE (was_changed boolean, status text, version bigint, order_number text, customer_id uuid,
        has_discount boolean)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- Read first, as above.
    v_cancellable text[] := ARRAY(SELECT t.from_state FROM order_state_transitions t WHERE t.to_state = 'CANCELLED');
BEGIN
    RETURN QUERY
    UPDATE orders o
    SET status = 'CANCELLED', status_reason = p_reason, payment_status = 'CANCELLED', cancelled_at = now(),
        updated_at = now(), version = o.version + 1
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id AND o.payment_id = p_payment_id
      AND o.status = ANY (v_cancellable)
      AND payment_status_rank(o.payment_status) < payment_status_rank('CANCELLED')
    RETURNING true, o.status, o.version, o.order_number, o.customer_id, o.discount_amount > 0;
    IF FOUND THEN
        PERFORM cancel_pending_parcels(p_tenant_id, p_order_id);
    END IF;
END;
$$;

COMMENT ON FUNCTION cancel_order_without_payment(uuid, uuid, uuid, text) IS
    'Cancels an order that counts on this payment, of which no more than the authorisation is known, where order_state_transitions allows it. No row otherwise';

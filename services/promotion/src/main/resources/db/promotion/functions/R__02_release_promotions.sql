CREATE OR REPLACE FUNCTION release_promotions(p_order_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_uses      integer;
BEGIN
    -- Where nothing was claimed yet, this row refuses the claim that is still on its way.
    INSERT INTO promotion_claims (tenant_id, order_id, status, use_count, reason, ended_at)
    VALUES (v_tenant_id, p_order_id, 'RELEASED', 0, p_reason, clock_timestamp())
    ON CONFLICT (tenant_id, order_id) DO NOTHING;
    IF FOUND THEN
        RETURN 'NOTHING_CLAIMED';
    END IF;

    UPDATE promotion_claims c
    SET status = 'RELEASED', ended_at = clock_timestamp(), reason = p_reason
    WHERE c.tenant_id = v_tenant_id AND c.order_id = p_order_id AND c.status = 'CLAIMED';
    IF NOT FOUND THEN
        SELECT c.use_count INTO STRICT v_uses
        FROM promotion_claims c
        WHERE c.tenant_id = v_tenant_id AND c.order_id = p_order_id;
        RETURN CASE WHEN v_uses > 0 THEN 'RELEASED' ELSE 'NOTHING_CLAIMED' END;
    END IF;

    -- In the order in which they are claimed.
    PERFORM FROM promotion_counters c
    JOIN coupon_usage u ON u.tenant_id = c.tenant_id AND u.promotion_id = c.promotion_id
    WHERE u.tenant_id = v_tenant_id AND u.order_id = p_order_id
    ORDER BY c.promotion_id
    FOR NO KEY UPDATE OF c;
    UPDATE promotion_counters c
    SET uses = c.uses - 1
    FROM coupon_usage u
    WHERE u.tenant_id = v_tenant_id AND u.order_id = p_order_id
      AND c.tenant_id = v_tenant_id AND c.promotion_id = u.promotion_id;
    RETURN 'RELEASED';
END;
$$;

COMMENT ON FUNCTION release_promotions(uuid, text) IS
    'Gives back the uses that an order has claimed and answers RELEASED, or NOTHING_CLAIMED. Afterwards nothing can be claimed for the order. May be repeated.';

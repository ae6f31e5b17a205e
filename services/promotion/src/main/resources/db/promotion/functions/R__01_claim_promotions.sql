CREATE OR REPLACE FUNCTION refuse_claims(
    p_tenant_id uuid, p_customer_ids uuid[], p_pending boolean[], p_use_calls integer[], p_promotion_ids uuid[])
    RETURNS TABLE (call integer, outcome text, promotion_id uuid)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- The promotions, how many uses are left of each (NULL for any number), and what they ask of the buyer.
    v_ids       uuid[];
    v_left      integer[];
    v_is_active boolean[];
    v_limits    integer[];
    v_is_first  boolean[];
    v_admitted  boolean[] := '{}';
    v_last      integer := 0;
    v_begin     integer;
    v_number    integer;
    v_reason    text;
BEGIN
    SELECT array_agg(p.id), array_agg(c.total_limit - c.uses), array_agg(p.status = 'ACTIVE'), array_agg(p.customer_limit),
           array_agg(p.first_order_only)
    INTO v_ids, v_left, v_is_active, v_limits, v_is_first
    FROM promotion_counters c
    JOIN promotions p ON p.tenant_id = c.tenant_id AND p.id = c.promotion_id
    WHERE c.tenant_id = p_tenant_id AND c.promotion_id = ANY (p_promotion_ids);

    -- Who came first is served first, with all uses or none.
    FOR i IN 1..cardinality(p_pending) LOOP
        v_begin := v_last + 1;
        WHILE p_use_calls[v_last + 1] = i LOOP
            v_last := v_last + 1;
        END LOOP;
        v_admitted[i] := p_pending[i];
        CONTINUE WHEN NOT p_pending[i];
        FOR one IN v_begin..v_last LOOP
            v_number := array_position(v_ids, p_promotion_ids[one]);
            v_reason := CASE
                WHEN v_number IS NULL OR NOT v_is_active[v_number] THEN 'EXPIRED'
                WHEN v_left[v_number] < 1 THEN 'USED_UP'
                WHEN v_limits[v_number] IS NULL AND NOT v_is_first[v_number] THEN NULL
                WHEN p_customer_ids[i] IS NULL THEN 'NEEDS_ACCOUNT'
                WHEN v_limits[v_number] <= (
                        SELECT count(*) FROM promotion_claims c
                        JOIN coupon_usage u ON u.tenant_id = c.tenant_id AND u.order_id = c.order_id
                        WHERE c.tenant_id = p_tenant_id AND c.customer_id = p_customer_ids[i] AND c.status = 'CLAIMED'
                          AND u.promotion_id = p_promotion_ids[one])
                    + (SELECT count(*) FROM unnest(p_use_calls, p_promotion_ids) AS e(call, promotion_id)
                       WHERE e.call < i AND v_admitted[e.call] AND p_customer_ids[e.call] = p_customer_ids[i]
                         AND e.promotion_id = p_promotion_ids[one])
                    THEN 'CUSTOMER_LIMIT_REACHED'
                WHEN v_is_first[v_number] AND (
                        EXISTS (SELECT FROM promotion_claims c
                                JOIN coupon_usage u ON u.tenant_id = c.tenant_id AND u.order_id = c.order_id
                                WHERE c.tenant_id = p_tenant_id AND c.customer_id = p_customer_ids[i]
                                  AND c.status = 'CLAIMED' AND u.first_order)
                        OR EXISTS (SELECT FROM unnest(p_use_calls, p_promotion_ids) AS e(call, promotion_id)
                                   WHERE e.call < i AND v_admitted[e.call] AND p_customer_ids[e.call] = p_customer_ids[i]
                                     AND v_is_first[array_position(v_ids, e.promotion_id)]))
                    THEN 'FIRST_ORDER_ONLY'
            END;
            IF v_reason IS NOT NULL THEN
                v_admitted[i] := false;
                call := i;
                outcome := v_reason;
                promotion_id := p_promotion_ids[one];
                RETURN NEXT;
            END IF;
        END LOOP;
        CONTINUE WHEN NOT v_admitted[i];
        FOR one IN v_begin..v_last LOOP
            v_number := array_position(v_ids, p_promotion_ids[one]);
            v_left[v_number] := v_left[v_number] - 1;
        END LOOP;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION refuse_claims(uuid, uuid[], boolean[], integer[], uuid[]) IS
    'Names those of the pending claims, in the order in which they came, that break a limit, with a row for each promotion that refuses them. The counters are locked by the caller. Writes nothing.';

CREATE OR REPLACE FUNCTION claim_promotions(
    p_order_ids uuid[], p_customer_ids uuid[], p_use_calls integer[], p_promotion_ids uuid[], p_codes text[],
    p_amounts numeric[], p_currencies text[])
    RETURNS TABLE (call integer, outcome text, promotion_id uuid)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values, nor on how few rows there were when it was made.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_pending   boolean[];
    v_refused   integer[] := '{}';
    v_outcomes  text[];
    v_by        uuid[];
    v_kinds     integer;
    v_changed   integer;
BEGIN
    -- A concurrent call for one of the orders waits here for the first one to end.
    WITH claimed AS (
        INSERT INTO promotion_claims (tenant_id, order_id, customer_id, status, use_count)
        SELECT v_tenant_id, p_order_ids[u.call], p_customer_ids[u.call], 'CLAIMED', u.uses
        FROM (SELECT l.call, count(*)::integer AS uses FROM unnest(p_use_calls) AS l(call) GROUP BY l.call) AS u
        ORDER BY p_order_ids[u.call]
        ON CONFLICT (tenant_id, order_id) DO NOTHING
        RETURNING order_id
    )
    SELECT array_agg(claimed.order_id IS NOT NULL ORDER BY asked.call)
    INTO v_pending
    FROM unnest(p_order_ids) WITH ORDINALITY AS asked(order_id, call)
    LEFT JOIN claimed ON claimed.order_id = asked.order_id;

    IF true = ANY (v_pending) THEN
        -- One claim of a customer's first order at a time, whatever the promotion.
        PERFORM pg_advisory_xact_lock(k.key)
        FROM (SELECT DISTINCT hashtextextended(v_tenant_id::text || p_customer_ids[e.call]::text, 0) AS key
              FROM unnest(p_use_calls, p_promotion_ids) AS e(call, promotion_id)
              JOIN promotions p ON p.tenant_id = v_tenant_id AND p.id = e.promotion_id
              WHERE p.first_order_only AND p_customer_ids[e.call] IS NOT NULL
              ORDER BY key) AS k;
        -- From here on nobody else claims, gives back or ends one of the promotions.
        PERFORM FROM promotion_counters c
        WHERE c.tenant_id = v_tenant_id AND c.promotion_id = ANY (p_promotion_ids)
        ORDER BY c.promotion_id
        FOR NO KEY UPDATE;

        SELECT coalesce(array_agg(r.call), '{}'), array_agg(r.outcome), array_agg(r.promotion_id)
        INTO v_refused, v_outcomes, v_by
        FROM refuse_claims(v_tenant_id, p_customer_ids, v_pending, p_use_calls, p_promotion_ids) AS r;
        DELETE FROM promotion_claims c
        WHERE c.tenant_id = v_tenant_id
          AND c.order_id = ANY (ARRAY(SELECT p_order_ids[r.call] FROM unnest(v_refused) AS r(call)));

        -- Orders that share a promotion change its counter once.
        WITH used AS MATERIALIZED (
            SELECT u.call, u.promotion_id, u.code, u.amount, u.currency
            FROM unnest(p_use_calls, p_promotion_ids, p_codes, p_amounts, p_currencies)
                 AS u(call, promotion_id, code, amount, currency)
            WHERE v_pending[u.call] AND u.call <> ALL (v_refused)
        ), noted AS (
            INSERT INTO coupon_usage (tenant_id, order_id, promotion_id, code, amount, currency, first_order, customer_limit)
            SELECT v_tenant_id, p_order_ids[u.call], u.promotion_id, u.code, u.amount, u.currency, p.first_order_only,
                   p.customer_limit
            FROM used u
            JOIN promotions p ON p.tenant_id = v_tenant_id AND p.id = u.promotion_id
            RETURNING 1
        ), kinds AS MATERIALIZED (
            SELECT u.promotion_id, count(*)::integer AS uses FROM used u GROUP BY u.promotion_id
        ), changed AS (
            UPDATE promotion_counters c
            SET uses = c.uses + k.uses
            FROM kinds k
            WHERE c.tenant_id = v_tenant_id AND c.promotion_id = k.promotion_id
              AND (c.total_limit IS NULL OR c.uses + k.uses <= c.total_limit)
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM kinds), (SELECT count(*) FROM changed) INTO v_kinds, v_changed;
        IF v_changed <> v_kinds THEN
            RAISE EXCEPTION 'the uses of % locked promotions changed', v_kinds - v_changed USING ERRCODE = 'data_corrupted';
        END IF;
    END IF;

    RETURN QUERY
        SELECT asked.call::integer,
               CASE WHEN v_pending[asked.call] OR c.status = 'CLAIMED' THEN 'CLAIMED' ELSE 'ALREADY_RELEASED' END,
               NULL::uuid
        FROM unnest(p_order_ids) WITH ORDINALITY AS asked(order_id, call)
        LEFT JOIN promotion_claims c ON c.tenant_id = v_tenant_id AND c.order_id = asked.order_id
        WHERE asked.call <> ALL (v_refused);
    RETURN QUERY SELECT r.call, r.outcome, r.promotion_id
        FROM unnest(v_refused, v_outcomes, v_by) AS r(call, outcome, promotion_id);
END;
$$;

COMMENT ON FUNCTION claim_promotions(uuid[], uuid[], integer[], uuid[], text[], numeric[], text[]) IS
    'Claims the uses of orders, different ones, in the order of the arrays: all of an order or none. The uses stand in the order of the calls, whose numbers, from 1, they name; each promotion at most once an order. Answers for each call CLAIMED, ALREADY_RELEASED, or a row for each promotion that refuses it: EXPIRED, USED_UP, NEEDS_ACCOUNT, CUSTOMER_LIMIT_REACHED, FIRST_ORDER_ONLY. May be repeated.';

CREATE OR REPLACE FUNCTION process_payment_authorizations(
    p_tenant_id uuid, p_payment_ids uuid[], p_keys text[], p_are_approved boolean[], p_references text[], p_methods text[],
    p_card_brands text[], p_card_last_fours text[], p_error_codes text[], p_error_messages text[]
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values. That keys are among those that are asked for is said for the planner: without it a plan
    -- that was made while there were few rows reads all of the shop.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
DECLARE
    v_recorded payments[];
    v_unasked  text;
BEGIN
    WITH waiting AS (
        -- Payments are locked in one order and before their transactions, so that nobody waits in a circle.
        SELECT a.*
        FROM (
            -- Of several answers of one payment the first one counts.
            SELECT DISTINCT ON (a.payment_id) a.*
            FROM unnest(p_payment_ids, p_keys, p_are_approved, p_references, p_methods, p_card_brands, p_card_last_fours,
                    p_error_codes, p_error_messages)
                WITH ORDINALITY AS a (payment_id, key, is_approved, reference, method, card_brand, card_last_four, error_code,
                    error_message, command)
            ORDER BY a.payment_id, a.command
        ) AS a
        JOIN payments p ON p.tenant_id = p_tenant_id AND p.id = a.payment_id
        WHERE p.id = ANY (p_payment_ids) AND p.status = 'PENDING'
        ORDER BY p.id FOR NO KEY UPDATE OF p
    ), recorded AS (
        UPDATE payments p
        SET status = CASE WHEN w.is_approved THEN 'AUTHORIZED' ELSE 'FAILED' END,
            authorized_amount = CASE WHEN w.is_approved THEN p.amount ELSE 0 END,
            payment_intent_id = w.reference, payment_method = w.method, card_brand = w.card_brand,
            card_last_four = w.card_last_four, error_code = w.error_code, error_message = w.error_message,
            updated_at = now(), version = p.version + 1
        FROM waiting w
        WHERE p.tenant_id = p_tenant_id AND p.id = w.payment_id AND p.id = ANY (p_payment_ids)
          AND p.status = 'PENDING'
        RETURNING p AS payment, w.key
    ), finished AS (
        UPDATE payment_transactions t
        SET status = CASE (r.payment).status WHEN 'AUTHORIZED' THEN 'SUCCEEDED' ELSE 'FAILED' END,
            provider_reference = (r.payment).payment_intent_id, error_code = (r.payment).error_code,
            error_message = (r.payment).error_message, finished_at = now()
        FROM recorded r
        WHERE t.tenant_id = p_tenant_id AND t.idempotency_key = r.key AND t.idempotency_key = ANY (p_keys)
          -- By its key, not by the index of all that are PENDING.
          AND CASE t.status WHEN 'PENDING' THEN true ELSE false END
        RETURNING t.idempotency_key AS key)
    SELECT coalesce(array_agg(r.payment), '{}'), max(r.key) FILTER (WHERE f.key IS NULL)
    INTO v_recorded, v_unasked
    FROM recorded r LEFT JOIN finished f ON f.key = r.key;

    IF v_unasked IS NOT NULL THEN
        RAISE EXCEPTION 'a payment has no open transaction %', v_unasked USING ERRCODE = 'data_exception';
    END IF;
    RETURN QUERY SELECT * FROM unnest(v_recorded);
    IF cardinality(v_recorded) < cardinality(p_payment_ids) THEN
        RETURN QUERY
        SELECT p.* FROM payments p
        WHERE p.tenant_id = p_tenant_id AND p.id = ANY (p_payment_ids)
          AND NOT EXISTS (SELECT FROM unnest(v_recorded) r WHERE r.id = p.id);
    END IF;
END;
$$;

COMMENT ON FUNCTION process_payment_authorizations(
    uuid, uuid[], text[], boolean[], text[], text[], text[], text[], text[], text[]
) IS
    'Records providers'' answers to authorisations of the payments that still wait for one, and returns the payments, each once';

CREATE OR REPLACE FUNCTION process_payment_authorization(
    p_tenant_id uuid, p_payment_id uuid, p_key text, p_is_approved boolean, p_reference text, p_method text,
    p_card_brand text, p_card_last_four text, p_error_code text, p_error_message text
) RETURNS SETOF payments
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    SELECT * FROM process_payment_authorizations(p_tenant_id, ARRAY[p_payment_id], ARRAY[p_key], ARRAY[p_is_approved],
        ARRAY[p_reference], ARRAY[p_method], ARRAY[p_card_brand], ARRAY[p_card_last_four], ARRAY[p_error_code],
        ARRAY[p_error_message])
$$;

COMMENT ON FUNCTION process_payment_authorization(uuid, uuid, text, boolean, text, text, text, text, text, text) IS
    'Records a provider''s answer to an authorisation as process_payment_authorizations does, by hand or from elsewhere';

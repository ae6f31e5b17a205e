CREATE OR REPLACE FUNCTION ask_test_provider(
    p_operations text[], p_keys text[], p_charge_keys text[], p_accounts uuid[], p_references text[], p_amounts numeric[],
    p_currencies text[]
) RETURNS TABLE (command bigint, key text, reference text, status text, amount numeric, currency text, refund_keys text[],
                 decline_code text, habits text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- No plan depends on the values, nor on how few rows there were when it was made: that keys are among
    -- those that are asked for is said for the planner.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_round    integer := 0;
    v_left     bigint := cardinality(p_keys);
    v_done     bigint[];
    v_answered bigint;
BEGIN
    -- What is asked for of one charge is done one after another, in rounds. Nearly always there is one.
    WHILE v_left > 0 LOOP
        v_round := v_round + 1;
        WITH requests AS (
            SELECT r.*, row_number() OVER (PARTITION BY r.charge_key ORDER BY r.command) AS round
            FROM unnest(p_operations, p_keys, p_charge_keys, p_accounts, p_references, p_amounts, p_currencies)
                WITH ORDINALITY AS r (operation, key, charge_key, account, reference, amount, currency, command)
        ), plain AS (
            -- The habits of a charge never change.
            SELECT r.* FROM requests r
            LEFT JOIN test_provider_charges c ON c.key = r.charge_key AND c.key = ANY (p_charge_keys)
            WHERE r.round = v_round AND (r.operation = 'AUTHORIZE' OR c.habits = '')
        ), noted AS (
            INSERT INTO test_provider_requests AS t (operation, key, charge_key, account, habits, amount, currency)
            SELECT p.operation, p.key, p.charge_key, p.account, '', p.amount, p.currency
            FROM plain p
            ORDER BY p.key
            ON CONFLICT (operation, key) DO UPDATE SET asked = t.asked + 1, is_under_way = false
            RETURNING t.operation, t.key
        ), asked AS (
            SELECT p.* FROM plain p JOIN noted n ON n.operation = p.operation AND n.key = p.key
        ), charged AS (
            INSERT INTO test_provider_charges (key, reference, status, amount, currency)
            SELECT a.charge_key, a.reference, 'AUTHORIZED', a.amount, a.currency
            FROM asked a
            WHERE a.operation = 'AUTHORIZE'
            ORDER BY a.charge_key
            ON CONFLICT (key) DO NOTHING
        ), changed AS (
            UPDATE test_provider_charges c
            SET status = CASE a.operation WHEN 'CAPTURE' THEN 'CAPTURED' WHEN 'VOID' THEN 'VOIDED' ELSE c.status END,
                captured_amount = CASE a.operation WHEN 'CAPTURE' THEN c.amount ELSE c.captured_amount END,
                refunded_amount = CASE a.operation WHEN 'REFUND' THEN c.refunded_amount + a.amount
                                                   ELSE c.refunded_amount END,
                refund_keys = CASE a.operation WHEN 'REFUND' THEN c.refund_keys || a.key ELSE c.refund_keys END,
                updated_at = now()
            FROM asked a
            WHERE c.key = a.charge_key AND c.key = ANY (p_charge_keys) AND CASE
                WHEN a.operation IN ('CAPTURE', 'VOID') THEN c.status = 'AUTHORIZED'
                WHEN a.operation = 'REFUND' THEN c.status = 'CAPTURED' AND NOT a.key = ANY (c.refund_keys)
                    AND c.refunded_amount + a.amount <= c.captured_amount
            END)
        SELECT coalesce(array_agg(a.command), '{}') INTO v_done FROM asked a;

        RETURN QUERY
        SELECT r.command, c.key, c.reference, c.status, c.amount, c.currency, c.refund_keys, c.decline_code, c.habits
        FROM (SELECT a.charge_key, a.command, row_number() OVER (PARTITION BY a.charge_key ORDER BY a.command) AS round
              FROM unnest(p_charge_keys) WITH ORDINALITY AS a (charge_key, command)) AS r
        LEFT JOIN test_provider_charges c ON c.key = r.charge_key AND c.key = ANY (p_charge_keys)
            AND r.command = ANY (v_done)
        WHERE r.round = v_round;
        GET DIAGNOSTICS v_answered = ROW_COUNT;
        v_left := v_left - v_answered;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ask_test_provider(text[], text[], text[], uuid[], text[], numeric[], text[]) IS
    'Does what the built-in test provider is asked for, once for each key, where the card has no habits, and answers each command, numbered from 1, with its charge; with nothing, and does nothing, where the card has habits or the charge is not known';

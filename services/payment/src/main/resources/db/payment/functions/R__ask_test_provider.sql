CREATE OR REPLACE FUNCTION ask_test_provider(
    p_operation text, p_key text, p_charge_key text, p_account uuid, p_reference text, p_amount numeric, p_currency text
)
    RETURNS TABLE (key text, reference text, status text, amount numeric, currency text, refund_keys text[],
                   decline_code text, habits text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- The habits of a charge never change.
    IF p_operation <> 'AUTHORIZE' THEN
        PERFORM FROM test_provider_charges WHERE key = p_charge_key AND habits = '';
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    INSERT INTO test_provider_requests AS r (operation, key, charge_key, account, habits, amount, currency)
    VALUES (p_operation, p_key, p_charge_key, p_account, '', p_amount, p_currency)
    ON CONFLICT (operation, key) DO UPDATE SET asked = r.asked + 1, is_under_way = false;
    CASE p_operation
        WHEN 'AUTHORIZE' THEN
            INSERT INTO test_provider_charges (key, reference, status, amount, currency)
            VALUES (p_charge_key, p_reference, 'AUTHORIZED', p_amount, p_currency)
            ON CONFLICT (key) DO NOTHING;
        WHEN 'CAPTURE' THEN
            UPDATE test_provider_charges SET status = 'CAPTURED', captured_amount = amount, updated_at = now()
            WHERE key = p_charge_key AND status = 'AUTHORIZED';
        WHEN 'VOID' THEN
            UPDATE test_provider_charges SET status = 'VOIDED', updated_at = now()
            WHERE key = p_charge_key AND status = 'AUTHORIZED';
        WHEN 'REFUND' THEN
            UPDATE test_provider_charges
            SET refunded_amount = refunded_amount + p_amount, refund_keys = refund_keys || p_key, updated_at = now()
            WHERE key = p_charge_key AND status = 'CAPTURED' AND NOT p_key = ANY (refund_keys)
              AND refunded_amount + p_amount <= captured_amount;
    END CASE;
    RETURN QUERY
        SELECT c.key, c.reference, c.status, c.amount, c.currency, c.refund_keys, c.decline_code, c.habits
        FROM test_provider_charges c
        WHERE c.key = p_charge_key;
END;
$$;

COMMENT ON FUNCTION ask_test_provider(text, text, text, uuid, text, numeric, text) IS
    'Does what the built-in test provider is asked for, once for its key, if the card has no habits, and returns the charge; returns nothing, and does nothing, if the card has habits or the charge is not known';

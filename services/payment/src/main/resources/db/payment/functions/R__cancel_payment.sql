CREATE OR REPLACE FUNCTION cancel_payment(p_tenant_id uuid, p_payment_id uuid, p_order_id uuid, p_reason text)
    RETURNS SETOF payments
    LANGUAGE sql
    SET search_path = public, pg_temp
AS $$
    -- Cancelled before it began: the row stands in the way of an authorisation that comes later.
    INSERT INTO payments (tenant_id, id, order_id, amount, status, status_reason)
    VALUES (p_tenant_id, p_payment_id, p_order_id, 0, 'CANCELLED', p_reason)
    ON CONFLICT (tenant_id, order_id) DO NOTHING;
    SELECT * FROM payments WHERE tenant_id = p_tenant_id AND order_id = p_order_id
$$;

COMMENT ON FUNCTION cancel_payment(uuid, uuid, uuid, text) IS
    'Makes sure that an order has a payment, a cancelled one if it had none, and returns it';

CREATE OR REPLACE FUNCTION void_payment(
    p_tenant_id uuid, p_payment_id uuid, p_void_key text, p_reference text, p_reason text
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE payments
    SET status = 'CANCELLED', status_reason = p_reason, updated_at = now(), version = version + 1
    WHERE tenant_id = p_tenant_id AND id = p_payment_id AND status IN ('PENDING', 'AUTHORIZED');
    IF FOUND THEN
        PERFORM finish_payment_transaction(p_tenant_id, p_payment_id, p_void_key, true, p_reference, NULL, NULL);
        -- The provider will not honour what else it was asked for, whatever it would have answered.
        UPDATE payment_transactions
        SET status = 'FAILED', error_code = 'voided', error_message = 'voided before the answer was known',
            finished_at = now()
        WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND status = 'PENDING';
    END IF;
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION void_payment(uuid, uuid, text, text, text) IS
    'Records that the provider will not take the money, if the payment is PENDING or AUTHORIZED, and returns the payment';

CREATE OR REPLACE FUNCTION refund_payment(
    p_tenant_id uuid, p_payment_id uuid, p_refund_id uuid, p_key text, p_reference text, p_reason text
) RETURNS SETOF payments
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_before      payment_transactions%ROWTYPE;
    v_transaction payment_transactions%ROWTYPE;
    v_payment     payments%ROWTYPE;
    v_overtaken   payment_transactions%ROWTYPE;
BEGIN
    -- The payment is locked before its transactions, by everybody.
    SELECT * INTO v_payment FROM payments WHERE tenant_id = p_tenant_id AND id = p_payment_id FOR UPDATE;
    SELECT * INTO v_before FROM payment_transactions
    WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND idempotency_key = p_key
      AND transaction_type = 'REFUND';
    -- The transaction that becomes SUCCEEDED here pays once, whoever else reports the same refund.
    UPDATE payment_transactions
    SET status = 'SUCCEEDED', provider_reference = p_reference, finished_at = now(), error_code = NULL,
        error_message = NULL
    WHERE tenant_id = p_tenant_id AND id = v_before.id AND status <> 'SUCCEEDED'
    RETURNING * INTO v_transaction;
    IF FOUND THEN
        -- What was given back is recorded whatever else was to be given back. More than was taken does not fit the payment:
        -- its refunds show it, and the invariant amounts-equal-transactions.
        v_payment.refunded_amount := least(v_payment.captured_amount, v_payment.refunded_amount + v_transaction.amount);
        -- A refund that was refused before had given up what was set aside for it.
        v_payment.refunding_amount := v_payment.refunding_amount
            - CASE v_before.status WHEN 'PENDING' THEN v_transaction.amount ELSE 0 END;
        -- Others that have set the same money aside meanwhile cannot be given it any more, the youngest first.
        FOR v_overtaken IN
            SELECT * FROM payment_transactions
            WHERE tenant_id = p_tenant_id AND payment_id = p_payment_id AND transaction_type = 'REFUND'
              AND status = 'PENDING'
            ORDER BY created_at DESC, id DESC
        LOOP
            EXIT WHEN v_payment.refunded_amount + v_payment.refunding_amount <= v_payment.captured_amount;
            UPDATE payment_transactions
            SET status = 'FAILED', error_code = 'refund-exceeds-capture',
                error_message = 'another refund of the same money was made', finished_at = now()
            WHERE tenant_id = p_tenant_id AND id = v_overtaken.id;
            v_payment.refunding_amount := v_payment.refunding_amount - v_overtaken.amount;
        END LOOP;
        UPDATE payments
        SET refunded_amount = v_payment.refunded_amount, refunding_amount = v_payment.refunding_amount,
            status = CASE WHEN v_payment.refunded_amount = captured_amount THEN 'REFUNDED' ELSE 'PARTIALLY_REFUNDED' END,
            status_reason = p_reason, updated_at = now(), version = version + 1
        WHERE tenant_id = p_tenant_id AND id = p_payment_id;
        INSERT INTO refunds (tenant_id, id, payment_id, transaction_id, amount, currency, reason, provider_reference)
        VALUES (p_tenant_id, p_refund_id, p_payment_id, v_transaction.id, v_transaction.amount, v_transaction.currency,
            p_reason, p_reference);
    ELSE
        -- Where nothing was to be paid there is nothing to give back.
        UPDATE payments
        SET status = 'REFUNDED', status_reason = p_reason, updated_at = now(), version = version + 1
        WHERE tenant_id = p_tenant_id AND id = p_payment_id AND amount = 0 AND status IN ('CAPTURED', 'SETTLED');
    END IF;
    RETURN QUERY SELECT * FROM payments p WHERE p.tenant_id = p_tenant_id AND p.id = p_payment_id;
END;
$$;

COMMENT ON FUNCTION refund_payment(uuid, uuid, uuid, text, text, text) IS
    'Records that the provider has given back what the transaction says, once, and returns the payment';

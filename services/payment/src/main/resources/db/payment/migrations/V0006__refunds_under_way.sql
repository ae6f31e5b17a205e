-- A refund whose outcome nobody knows yet holds its amount, so that no other one can be given the same money.

ALTER TABLE payments
    ADD COLUMN refunding_amount numeric(10, 2) NOT NULL DEFAULT 0,
    ADD CONSTRAINT chk_payments_refunding_amount
        CHECK (refunding_amount >= 0 AND refunded_amount + refunding_amount <= captured_amount) NOT VALID;

ALTER TABLE payment_transactions
    ADD COLUMN refund_id uuid,
    ADD COLUMN is_rest boolean,
    ADD COLUMN reason text,
    ADD COLUMN last_asked_at timestamptz;

COMMENT ON COLUMN payments.refunding_amount IS 'What refunds are to give back whose outcome is not known yet: the sum of the PENDING ones';
COMMENT ON COLUMN payment_transactions.refund_id IS 'The refund that a REFUND makes';
COMMENT ON COLUMN payment_transactions.is_rest IS 'Whether a REFUND was asked for without an amount, for all that is left';
COMMENT ON COLUMN payment_transactions.reason IS 'Why a REFUND is made';
COMMENT ON COLUMN payment_transactions.last_asked_at IS 'When a job last asked the provider again; NULL if none did';

UPDATE payments p
SET refunding_amount = t.amount
FROM (SELECT tenant_id, payment_id, sum(amount) AS amount FROM payment_transactions
      WHERE transaction_type = 'REFUND' AND status = 'PENDING'
      GROUP BY tenant_id, payment_id) t
WHERE t.tenant_id = p.tenant_id AND t.payment_id = p.id;

ALTER TABLE payment_transactions
    DROP COLUMN refund_id, DROP COLUMN is_rest, DROP COLUMN reason, DROP COLUMN last_asked_at;
ALTER TABLE payments DROP CONSTRAINT chk_payments_refunding_amount, DROP COLUMN refunding_amount;

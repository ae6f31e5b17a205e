-- What was written stays sealed: the version before knows the codes only.
ALTER TABLE order_refunds
    DROP CONSTRAINT chk_order_refunds_reason,
    DROP CONSTRAINT chk_order_refunds_words_sealed,
    DROP COLUMN words_sealed;
ALTER TABLE order_tombstones DROP CONSTRAINT chk_order_tombstones_reason;
ALTER TABLE order_status_history DROP CONSTRAINT chk_order_status_history_reason;
ALTER TABLE orders
    DROP CONSTRAINT chk_orders_status_reason,
    DROP CONSTRAINT chk_orders_cancellation_words_sealed,
    DROP COLUMN cancellation_words_sealed;
COMMENT ON COLUMN orders.status_reason IS 'Why the order came to its present status, where a reason was given';
COMMENT ON COLUMN order_status_history.reason IS 'Why, where a reason was given';
COMMENT ON COLUMN order_tombstones.reason IS 'Why it was cancelled';
COMMENT ON COLUMN order_refunds.reason IS 'Why';

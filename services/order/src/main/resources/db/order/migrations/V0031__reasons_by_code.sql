-- What people write when they cancel or give money back can name anybody: it is sealed by the application. What is in clear is a code.

ALTER TABLE orders ADD COLUMN cancellation_words_sealed text;
ALTER TABLE order_refunds ADD COLUMN words_sealed text;

COMMENT ON COLUMN orders.cancellation_words_sealed IS 'What the canceller wrote, sealed by the buyer''s key; none once the buyer was erased';
COMMENT ON COLUMN order_refunds.words_sealed IS 'What whoever asked for it wrote, sealed by the buyer''s key; none once the buyer was erased';
COMMENT ON COLUMN orders.status_reason IS 'Why the order came to its present status, as a code, where a reason was given';
COMMENT ON COLUMN order_status_history.reason IS 'Why, as a code, where a reason was given';
COMMENT ON COLUMN order_tombstones.reason IS 'Why, as a code';
COMMENT ON COLUMN order_refunds.reason IS 'Why, as a code';

-- What was written before cannot be sealed by SQL. No released version wrote any of it.
UPDATE orders SET status_reason = 'unspecified' WHERE status_reason !~ '^[a-z][a-z0-9-]{0,62}$';
UPDATE order_status_history SET reason = 'unspecified' WHERE reason !~ '^[a-z][a-z0-9-]{0,62}$';
UPDATE order_tombstones SET reason = 'unspecified' WHERE reason !~ '^[a-z][a-z0-9-]{0,62}$';
UPDATE order_refunds SET reason = 'unspecified' WHERE reason !~ '^[a-z][a-z0-9-]{0,62}$';

ALTER TABLE orders
    ADD CONSTRAINT chk_orders_status_reason CHECK (status_reason ~ '^[a-z][a-z0-9-]{0,62}$') NOT VALID,
    ADD CONSTRAINT chk_orders_cancellation_words_sealed CHECK
        (cancellation_words_sealed IS NULL OR erased_at IS NULL AND cancellation_words_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;
ALTER TABLE order_status_history
    ADD CONSTRAINT chk_order_status_history_reason CHECK (reason ~ '^[a-z][a-z0-9-]{0,62}$') NOT VALID;
ALTER TABLE order_tombstones
    ADD CONSTRAINT chk_order_tombstones_reason CHECK (reason ~ '^[a-z][a-z0-9-]{0,62}$') NOT VALID;
ALTER TABLE order_refunds
    ADD CONSTRAINT chk_order_refunds_reason CHECK (reason ~ '^[a-z][a-z0-9-]{0,62}$') NOT VALID,
    ADD CONSTRAINT chk_order_refunds_words_sealed CHECK (words_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;

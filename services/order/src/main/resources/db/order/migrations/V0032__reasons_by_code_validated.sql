-- Every row holds what V0031 demands of new ones.
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_status_reason;
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_cancellation_words_sealed;
ALTER TABLE order_status_history VALIDATE CONSTRAINT chk_order_status_history_reason;
ALTER TABLE order_tombstones VALIDATE CONSTRAINT chk_order_tombstones_reason;
ALTER TABLE order_refunds VALIDATE CONSTRAINT chk_order_refunds_reason;
ALTER TABLE order_refunds VALIDATE CONSTRAINT chk_order_refunds_words_sealed;

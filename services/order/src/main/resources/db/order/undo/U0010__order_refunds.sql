DROP TABLE order_refund_items;
DROP TABLE order_refunds;
ALTER TABLE orders DROP COLUMN refunded_amount;

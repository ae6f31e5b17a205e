-- Every row holds what V0010 demands of new ones.
ALTER TABLE orders VALIDATE CONSTRAINT chk_orders_refunded_amount;

-- Until when an order waits for its payment. Orders that exist already get half an hour from now.

ALTER TABLE orders ADD COLUMN payment_due_at timestamptz NOT NULL DEFAULT now() + interval '30 minutes';

COMMENT ON COLUMN orders.payment_due_at IS 'After this time by the clock of this database the order is cancelled if it is still CREATED';

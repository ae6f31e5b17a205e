-- An unpaid order that cannot be cancelled must not stand in the way of the others.

ALTER TABLE orders
    ADD COLUMN expiry_failures integer NOT NULL DEFAULT 0,
    ADD COLUMN next_expiry_at timestamptz;

COMMENT ON COLUMN orders.expiry_failures IS 'How often the order could not be cancelled though it was not paid in time';
COMMENT ON COLUMN orders.next_expiry_at IS 'Before this time its cancellation is not tried again; NULL if it never failed';

-- An order of which some units are on their way and others are not. It cannot be cancelled any more: what is not sent is withdrawn, and
-- the money given back.

ALTER TABLE orders
    ADD COLUMN units_to_resend bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT chk_orders_status,
    DROP CONSTRAINT chk_orders_payment,
    ADD CONSTRAINT chk_orders_states CHECK (status IN ('CREATED', 'PAID', 'CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED',
        'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED')) NOT VALID,
    ADD CONSTRAINT chk_orders_payment_of_states CHECK (status IN ('CREATED', 'CANCELLED') OR payment_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT chk_orders_units_to_resend CHECK (units_to_resend BETWEEN 0 AND unit_count) NOT VALID;

COMMENT ON COLUMN orders.units_to_resend IS 'While the order is SHIPPED: units whose parcels failed or came back, and which are neither packed anew nor withdrawn';

INSERT INTO order_state_transitions (from_state, to_state, through_state) VALUES
    ('CONFIRMED', 'PARTIALLY_SHIPPED', NULL),
    ('PROCESSING', 'PARTIALLY_SHIPPED', NULL),
    ('PARTIALLY_SHIPPED', 'SHIPPED', NULL),
    ('PARTIALLY_SHIPPED', 'REFUNDED', NULL),
    -- What was not delivered yet is withdrawn.
    ('PARTIALLY_SHIPPED', 'DELIVERED', 'SHIPPED');

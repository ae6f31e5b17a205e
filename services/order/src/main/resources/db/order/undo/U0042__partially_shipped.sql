-- Refused where an order is PARTIALLY_SHIPPED: the version before does not know what that is.
DELETE FROM order_state_transitions WHERE 'PARTIALLY_SHIPPED' IN (from_state, to_state);
ALTER TABLE orders
    DROP COLUMN units_to_resend,
    DROP CONSTRAINT chk_orders_states,
    DROP CONSTRAINT chk_orders_payment_of_states,
    ADD CONSTRAINT chk_orders_status CHECK (status IN
        ('CREATED', 'PAID', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED')),
    ADD CONSTRAINT chk_orders_payment CHECK
        (status NOT IN ('PAID', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'REFUNDED') OR payment_id IS NOT NULL);

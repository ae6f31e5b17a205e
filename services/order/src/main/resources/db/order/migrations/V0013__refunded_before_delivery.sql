-- An order of which everything is given back is REFUNDED, however far it has got: from there it is neither sent nor delivered.

INSERT INTO order_state_transitions (from_state, to_state) VALUES
    ('CONFIRMED', 'REFUNDED'),
    ('PROCESSING', 'REFUNDED'),
    ('SHIPPED', 'REFUNDED');

UPDATE orders
SET status = 'REFUNDED', status_reason = 'everything was given back before', updated_at = now(), version = version + 1
WHERE status IN ('CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED')
  AND payment_status = 'REFUNDED' AND refunded_amount = total_amount;

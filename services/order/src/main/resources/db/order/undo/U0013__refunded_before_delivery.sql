-- Orders that are REFUNDED stay so.

DELETE FROM order_state_transitions
WHERE to_state = 'REFUNDED' AND from_state IN ('CONFIRMED', 'PROCESSING', 'SHIPPED');

DELETE FROM order_state_transitions WHERE from_state = 'PAID' AND to_state = 'CANCELLED';
INSERT INTO order_state_transitions (from_state, to_state) VALUES ('SHIPPED', 'CANCELLED');

DELETE FROM payment_state_transitions WHERE from_state IN ('CANCELLED', 'FAILED') AND to_state = 'CAPTURED';

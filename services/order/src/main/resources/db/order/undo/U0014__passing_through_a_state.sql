ALTER TABLE order_state_transitions DROP COLUMN through_state;

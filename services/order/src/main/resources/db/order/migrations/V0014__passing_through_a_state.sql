-- An order may pass through a state on its way, in one change. A script of its own, so that only readers of this table wait.

ALTER TABLE order_state_transitions ADD COLUMN through_state text;

COMMENT ON COLUMN order_state_transitions.through_state IS
    'The state between, which an order passes through in the same change: its history shows both steps, and its version counts them. NULL for a single step';

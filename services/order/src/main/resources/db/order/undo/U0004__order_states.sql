DROP TRIGGER guard_order_status_on_update ON orders;
DROP TRIGGER guard_order_status_on_insert ON orders;
DROP FUNCTION guard_order_status();
DROP TABLE order_status_history;
DROP TABLE order_state_transitions;

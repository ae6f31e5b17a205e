DROP TRIGGER guard_payment_status_on_update ON payments;
DROP TRIGGER guard_payment_status_on_insert ON payments;
DROP FUNCTION guard_payment_status();
DROP TABLE payment_events;
DROP TABLE payment_state_transitions;

DROP TRIGGER audit_action ON operator_actions;
DROP FUNCTION audit_operator_action();

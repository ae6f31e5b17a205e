DROP TRIGGER audit_removal ON second_factor_removals;
DROP FUNCTION audit_second_factor_removal();

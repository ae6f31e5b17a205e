-- Every checkout that is there keeps the rules.
ALTER TABLE checkout_sessions VALIDATE CONSTRAINT chk_checkout_sessions_included_tax;
ALTER TABLE checkout_sessions VALIDATE CONSTRAINT chk_checkout_sessions_adjustments;

-- The new list holds all reasons of the old one.

ALTER TABLE user_sessions VALIDATE CONSTRAINT chk_user_sessions_revocation_reason;

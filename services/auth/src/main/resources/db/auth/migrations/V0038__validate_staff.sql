-- The new lists hold all words of the old ones.

ALTER TABLE outgoing_mails VALIDATE CONSTRAINT chk_outgoing_mails_kind;
ALTER TABLE user_sessions VALIDATE CONSTRAINT chk_user_sessions_revocation_reason;

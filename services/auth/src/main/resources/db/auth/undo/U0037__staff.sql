ALTER TABLE user_sessions DROP CONSTRAINT chk_user_sessions_revocation_reason;
UPDATE user_sessions SET revocation_reason = 'LOGGED_OUT' WHERE revocation_reason = 'ACCOUNT_ENDED';
ALTER TABLE user_sessions
    ADD CONSTRAINT chk_user_sessions_revocation_reason
        CHECK (revocation_reason IN ('LOGGED_OUT', 'TOKEN_REUSED', 'PASSWORD_RESET'));
ALTER TABLE outgoing_mails DROP CONSTRAINT chk_outgoing_mails_kind;
DELETE FROM outgoing_mails WHERE kind = 'INVITATION';
ALTER TABLE outgoing_mails
    ADD CONSTRAINT chk_outgoing_mails_kind
        CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET', 'ACCOUNT_EXISTS'));
COMMENT ON COLUMN outgoing_mails.kind IS
    'EMAIL_VERIFICATION, PASSWORD_RESET, or ACCOUNT_EXISTS where somebody registers with the address of an account.';
COMMENT ON COLUMN user_sessions.revocation_reason IS
    'LOGGED_OUT, TOKEN_REUSED where a used refresh token came again, PASSWORD_RESET where the password was replaced.';
COMMENT ON TABLE password_resets IS 'Password reset tokens, as hashes only; a row is deleted when it is used.';
ALTER TABLE users DROP COLUMN invited_at;

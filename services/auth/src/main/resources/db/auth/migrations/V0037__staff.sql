-- Members of staff are invited by mail, and their accounts are ended.

ALTER TABLE users ADD COLUMN invited_at timestamptz;
ALTER TABLE outgoing_mails DROP CONSTRAINT chk_outgoing_mails_kind;
ALTER TABLE outgoing_mails
    ADD CONSTRAINT chk_outgoing_mails_kind
        CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET', 'ACCOUNT_EXISTS', 'INVITATION')) NOT VALID;
ALTER TABLE user_sessions DROP CONSTRAINT chk_user_sessions_revocation_reason;
ALTER TABLE user_sessions
    ADD CONSTRAINT chk_user_sessions_revocation_reason
        CHECK (revocation_reason IN ('LOGGED_OUT', 'TOKEN_REUSED', 'PASSWORD_RESET', 'ACCOUNT_ENDED')) NOT VALID;

COMMENT ON COLUMN outgoing_mails.kind IS
    'EMAIL_VERIFICATION, PASSWORD_RESET, ACCOUNT_EXISTS where somebody registers with the address of an account, or INVITATION of a member of staff.';
COMMENT ON COLUMN user_sessions.revocation_reason IS
    'LOGGED_OUT, TOKEN_REUSED where a used refresh token came again, PASSWORD_RESET where the password was replaced, or ACCOUNT_ENDED.';
COMMENT ON COLUMN users.invited_at IS
    'Since when a member of staff is invited who has set no password yet; nobody knows the present one. NULL for all others.';
COMMENT ON TABLE password_resets IS
    'Tokens that set a password, as hashes only: of people who have forgotten theirs, and of invited members of staff. A row is deleted when it is used.';

ALTER TABLE user_sessions DROP CONSTRAINT chk_user_sessions_revocation_reason;
UPDATE user_sessions SET revocation_reason = 'LOGGED_OUT' WHERE revocation_reason = 'PASSWORD_RESET';
ALTER TABLE user_sessions
    ADD CONSTRAINT chk_user_sessions_revocation_reason CHECK (revocation_reason IN ('LOGGED_OUT', 'TOKEN_REUSED'));
ALTER TABLE user_sessions DROP COLUMN user_agent;
COMMENT ON COLUMN user_sessions.revocation_reason IS 'LOGGED_OUT, or TOKEN_REUSED where a used refresh token came again.';

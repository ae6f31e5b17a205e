-- People recognise their sessions by the program that they used, and a new password ends all of them.

ALTER TABLE user_sessions ADD COLUMN user_agent varchar(300);
ALTER TABLE user_sessions DROP CONSTRAINT chk_user_sessions_revocation_reason;
ALTER TABLE user_sessions
    ADD CONSTRAINT chk_user_sessions_revocation_reason
        CHECK (revocation_reason IN ('LOGGED_OUT', 'TOKEN_REUSED', 'PASSWORD_RESET')) NOT VALID;

COMMENT ON COLUMN user_sessions.user_agent IS 'The program that logged in, as it named itself.';
COMMENT ON COLUMN user_sessions.revocation_reason IS
    'LOGGED_OUT, TOKEN_REUSED where a used refresh token came again, PASSWORD_RESET where the password was replaced.';

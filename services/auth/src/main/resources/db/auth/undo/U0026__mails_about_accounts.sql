ALTER TABLE outgoing_mails DROP CONSTRAINT chk_outgoing_mails_kind;
DELETE FROM outgoing_mails WHERE kind = 'ACCOUNT_EXISTS';
ALTER TABLE outgoing_mails
    ADD CONSTRAINT chk_outgoing_mails_kind CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET'));
COMMENT ON COLUMN outgoing_mails.kind IS 'EMAIL_VERIFICATION or PASSWORD_RESET.';
COMMENT ON COLUMN mail_requests.kind IS 'EMAIL_VERIFICATION or PASSWORD_RESET.';
COMMENT ON COLUMN users.email_verified IS 'Whether the person has shown that the address is theirs.';

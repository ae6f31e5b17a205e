-- Who registers with an address that has an account is not told so: its holder is, by mail.

ALTER TABLE outgoing_mails DROP CONSTRAINT chk_outgoing_mails_kind;
ALTER TABLE outgoing_mails
    ADD CONSTRAINT chk_outgoing_mails_kind
        CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET', 'ACCOUNT_EXISTS')) NOT VALID;

COMMENT ON COLUMN outgoing_mails.kind IS
    'EMAIL_VERIFICATION, PASSWORD_RESET, or ACCOUNT_EXISTS where somebody registers with the address of an account.';
COMMENT ON COLUMN mail_requests.kind IS
    'EMAIL_VERIFICATION, which registrations count as as well, or PASSWORD_RESET.';
COMMENT ON COLUMN users.email_verified IS
    'Whether the person has shown that the address is theirs; before that no customer can log in, and a newer registration takes the place.';

-- Anybody may ask for mails to an address, whether or not it has an account: that must not keep its holder from registering.

ALTER TABLE mail_requests DROP CONSTRAINT chk_mail_requests_kind;
ALTER TABLE mail_requests
    ADD CONSTRAINT chk_mail_requests_kind
        CHECK (kind IN ('REGISTRATION', 'EMAIL_VERIFICATION', 'PASSWORD_RESET')) NOT VALID;

COMMENT ON COLUMN mail_requests.kind IS
    'REGISTRATION, EMAIL_VERIFICATION where another mail is asked for, or PASSWORD_RESET; each is counted by itself.';

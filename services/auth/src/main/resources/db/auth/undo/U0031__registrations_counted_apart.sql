ALTER TABLE mail_requests DROP CONSTRAINT chk_mail_requests_kind;
DELETE FROM mail_requests WHERE kind = 'REGISTRATION';
ALTER TABLE mail_requests
    ADD CONSTRAINT chk_mail_requests_kind CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET'));
COMMENT ON COLUMN mail_requests.kind IS
    'EMAIL_VERIFICATION, which registrations count as as well, or PASSWORD_RESET.';

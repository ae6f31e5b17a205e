-- Since when an address is known to be its user's.

ALTER TABLE users ADD COLUMN email_verified_at timestamptz;
ALTER TABLE users
    ADD CONSTRAINT chk_users_email_verified_at CHECK (email_verified = (email_verified_at IS NOT NULL)) NOT VALID;

COMMENT ON COLUMN users.email_verified_at IS 'When the person showed that the address is theirs.';

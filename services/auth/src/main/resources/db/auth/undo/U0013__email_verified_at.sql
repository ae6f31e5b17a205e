ALTER TABLE users DROP CONSTRAINT chk_users_email_verified_at;
ALTER TABLE users DROP COLUMN email_verified_at;

-- No address was verified before.

ALTER TABLE users VALIDATE CONSTRAINT chk_users_email_verified_at;

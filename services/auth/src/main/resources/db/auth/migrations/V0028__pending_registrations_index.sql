-- Small, whatever was registered: the job that removes what nobody has verified reads it whole.
CREATE INDEX CONCURRENTLY idx_users_pending ON users (updated_at) WHERE NOT email_verified;

-- An address has one account in a shop.
CREATE UNIQUE INDEX CONCURRENTLY uq_users_email_index ON users (tenant_id, email_index) WHERE deleted_at IS NULL;

-- What was sealed stays unreadable: the version before begins with new accounts.
ALTER TABLE users
    DROP COLUMN person_sealed,
    DROP COLUMN email_index,
    ADD COLUMN email varchar(255),
    ADD COLUMN first_name varchar(100),
    ADD COLUMN last_name varchar(100);
CREATE UNIQUE INDEX uq_users_email ON users (tenant_id, lower(email)) WHERE deleted_at IS NULL;

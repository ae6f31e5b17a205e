-- Accounts of people.

CREATE TABLE users (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email varchar(255) NOT NULL,
    password_hash varchar(255) NOT NULL,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    role varchar(50) NOT NULL DEFAULT 'CUSTOMER',
    is_active boolean NOT NULL DEFAULT true,
    email_verified boolean NOT NULL DEFAULT false,
    failed_login_count integer NOT NULL DEFAULT 0,
    last_login_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_users_email_format CHECK (email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$'),
    CONSTRAINT chk_users_role CHECK (role IN ('CUSTOMER', 'VENDOR', 'SUPPORT', 'ADMIN')),
    CONSTRAINT chk_users_password_hash CHECK (password_hash LIKE '$argon2id$%'),
    CONSTRAINT chk_users_failed_login_count CHECK (failed_login_count >= 0),
    CONSTRAINT chk_users_version CHECK (version >= 1)
);

CREATE UNIQUE INDEX uq_users_email ON users (tenant_id, lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX idx_users_role ON users (tenant_id, role) WHERE deleted_at IS NULL;

COMMENT ON TABLE users IS 'Accounts of customers, vendors, support agents and administrators.';
COMMENT ON COLUMN users.tenant_id IS 'The shop; the same person has an account in each.';
COMMENT ON COLUMN users.id IS 'A customer has the same id in the customer service.';
COMMENT ON COLUMN users.email IS 'E-mail address as it was typed; compared without case, unique among the not deleted.';
COMMENT ON COLUMN users.password_hash IS 'Argon2id in PHC string format; anything else is refused.';
COMMENT ON COLUMN users.first_name IS 'Given name; may be empty.';
COMMENT ON COLUMN users.last_name IS 'Family name; may be empty.';
COMMENT ON COLUMN users.role IS 'CUSTOMER, VENDOR, SUPPORT or ADMIN; what each may do is code.';
COMMENT ON COLUMN users.is_active IS 'Whether the account can log in.';
COMMENT ON COLUMN users.email_verified IS 'Whether the person has shown that the address is theirs.';
COMMENT ON COLUMN users.failed_login_count IS 'How many log-ins failed right before the last one that succeeded.';
COMMENT ON COLUMN users.last_login_at IS 'When the last log-in succeeded.';
COMMENT ON COLUMN users.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN users.created_at IS 'When the account was created.';
COMMENT ON COLUMN users.updated_at IS 'When the row changed last.';
COMMENT ON COLUMN users.deleted_at IS 'When the account was deleted; the row is kept, its address is free again.';

CALL isolate_tenants('users');

-- The count of log-ins per e-mail address, whether or not it has an account: a lock must not tell which have one.

CREATE TABLE login_attempts (
    tenant_id uuid NOT NULL,
    email_hash varchar(64) NOT NULL,
    attempts integer NOT NULL,
    locked_until timestamptz,
    last_attempt_at timestamptz NOT NULL,
    CONSTRAINT login_attempts_pkey PRIMARY KEY (tenant_id, email_hash),
    CONSTRAINT chk_login_attempts_email_hash CHECK (email_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_login_attempts_attempts CHECK (attempts >= 1)
);

COMMENT ON TABLE login_attempts IS 'Log-ins that have not succeeded, counted before the password is looked at.';
COMMENT ON COLUMN login_attempts.tenant_id IS 'The shop.';
COMMENT ON COLUMN login_attempts.email_hash IS 'SHA-256 of the address in lower case, in hexadecimal.';
COMMENT ON COLUMN login_attempts.attempts IS 'How many in a row, without a quarter of an hour between two.';
COMMENT ON COLUMN login_attempts.locked_until IS 'Until when no password is looked at.';
COMMENT ON COLUMN login_attempts.last_attempt_at IS 'When the last one was counted.';

CALL isolate_tenants('login_attempts');

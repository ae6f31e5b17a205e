-- Tokens that allow to set a new password.

CREATE TABLE password_resets (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash varchar(64) NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT password_resets_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_password_resets_token_hash UNIQUE (tenant_id, token_hash),
    CONSTRAINT fk_password_resets_user FOREIGN KEY (tenant_id, user_id)
        REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_password_resets_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_password_resets_expires_at CHECK (expires_at > created_at)
);

CREATE INDEX idx_password_resets_user_id ON password_resets (tenant_id, user_id);

COMMENT ON TABLE password_resets IS 'Password reset tokens, as hashes only; a row is deleted when it is used.';
COMMENT ON COLUMN password_resets.tenant_id IS 'The shop.';
COMMENT ON COLUMN password_resets.id IS 'The row.';
COMMENT ON COLUMN password_resets.user_id IS 'Whose password may be set.';
COMMENT ON COLUMN password_resets.token_hash IS 'SHA-256 of the token, in hexadecimal.';
COMMENT ON COLUMN password_resets.expires_at IS 'From when on it allows nothing.';
COMMENT ON COLUMN password_resets.created_at IS 'When it was asked for.';

CALL isolate_tenants('password_resets');

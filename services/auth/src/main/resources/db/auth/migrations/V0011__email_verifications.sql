-- Tokens with which people show that an e-mail address is theirs.

CREATE TABLE email_verifications (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash varchar(64) NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT email_verifications_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_email_verifications_token_hash UNIQUE (tenant_id, token_hash),
    CONSTRAINT fk_email_verifications_user FOREIGN KEY (tenant_id, user_id)
        REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_email_verifications_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_email_verifications_expires_at CHECK (expires_at > created_at)
);

CREATE INDEX idx_email_verifications_user_id ON email_verifications (tenant_id, user_id);

COMMENT ON TABLE email_verifications IS 'Tokens that verify e-mail addresses, as hashes only; a row is deleted when it is used.';
COMMENT ON COLUMN email_verifications.tenant_id IS 'The shop.';
COMMENT ON COLUMN email_verifications.id IS 'The row.';
COMMENT ON COLUMN email_verifications.user_id IS 'Whose address it verifies.';
COMMENT ON COLUMN email_verifications.token_hash IS 'SHA-256 of the token, in hexadecimal.';
COMMENT ON COLUMN email_verifications.expires_at IS 'From when on it verifies nothing.';
COMMENT ON COLUMN email_verifications.created_at IS 'When it was asked for.';

CALL isolate_tenants('email_verifications');

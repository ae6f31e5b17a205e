-- Tokens that buy new access tokens, each used once.

CREATE TABLE refresh_tokens (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash varchar(64) NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_refresh_tokens_token_hash UNIQUE (tenant_id, token_hash),
    CONSTRAINT fk_refresh_tokens_session FOREIGN KEY (tenant_id, session_id)
        REFERENCES user_sessions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_refresh_tokens_user FOREIGN KEY (tenant_id, user_id)
        REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_refresh_tokens_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$')
);

CREATE INDEX idx_refresh_tokens_session_id ON refresh_tokens (tenant_id, session_id);
CREATE INDEX idx_refresh_tokens_user_id ON refresh_tokens (tenant_id, user_id);
CREATE INDEX idx_refresh_tokens_expires_at ON refresh_tokens (tenant_id, expires_at);
-- A session never has two tokens that can be used.
CREATE UNIQUE INDEX uq_refresh_tokens_usable ON refresh_tokens (tenant_id, session_id)
    WHERE used_at IS NULL AND revoked_at IS NULL;

COMMENT ON TABLE refresh_tokens IS 'Refresh tokens, as hashes only. One that was used and comes again ends its session.';
COMMENT ON COLUMN refresh_tokens.tenant_id IS 'The shop.';
COMMENT ON COLUMN refresh_tokens.id IS 'The row.';
COMMENT ON COLUMN refresh_tokens.session_id IS 'The session whose family it belongs to.';
COMMENT ON COLUMN refresh_tokens.user_id IS 'Whose it is.';
COMMENT ON COLUMN refresh_tokens.token_hash IS 'SHA-256 of the token, in hexadecimal.';
COMMENT ON COLUMN refresh_tokens.expires_at IS 'From when on it buys nothing.';
COMMENT ON COLUMN refresh_tokens.used_at IS 'When it was exchanged for the next one.';
COMMENT ON COLUMN refresh_tokens.revoked_at IS 'When its session was ended.';
COMMENT ON COLUMN refresh_tokens.created_at IS 'When it was handed out.';

CALL isolate_tenants('refresh_tokens');

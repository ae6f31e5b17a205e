-- What a log-in begins and a log-out ends: a family of refresh tokens.

CREATE TABLE user_sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revocation_reason varchar(20),
    CONSTRAINT user_sessions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_user_sessions_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_user_sessions_expires_at CHECK (expires_at > created_at),
    CONSTRAINT chk_user_sessions_revocation CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL)),
    CONSTRAINT chk_user_sessions_revocation_reason CHECK (revocation_reason IN ('LOGGED_OUT', 'TOKEN_REUSED'))
);

CREATE INDEX idx_user_sessions_user_id ON user_sessions (tenant_id, user_id);
CREATE INDEX idx_user_sessions_expires_at ON user_sessions (tenant_id, expires_at);

COMMENT ON TABLE user_sessions IS 'Sessions: each is a family of refresh tokens, of which one at a time can be used.';
COMMENT ON COLUMN user_sessions.tenant_id IS 'The shop.';
COMMENT ON COLUMN user_sessions.id IS 'Named in access tokens as sid.';
COMMENT ON COLUMN user_sessions.user_id IS 'Who logged in.';
COMMENT ON COLUMN user_sessions.created_at IS 'When the log-in was.';
COMMENT ON COLUMN user_sessions.last_used_at IS 'When it was refreshed last.';
COMMENT ON COLUMN user_sessions.expires_at IS 'When it ends, however often it is refreshed.';
COMMENT ON COLUMN user_sessions.revoked_at IS 'When it was ended early.';
COMMENT ON COLUMN user_sessions.revocation_reason IS 'LOGGED_OUT, or TOKEN_REUSED where a used refresh token came again.';

CALL isolate_tenants('user_sessions');

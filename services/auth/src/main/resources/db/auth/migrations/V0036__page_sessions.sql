-- What keeps people logged in at pages: a token in the browser, of which the hash is kept here, and behind it a session as any other.

CREATE TABLE page_sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    token_hash varchar(64) NOT NULL,
    last_used_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT page_sessions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_page_sessions_token_hash UNIQUE (tenant_id, token_hash),
    CONSTRAINT uq_page_sessions_session_id UNIQUE (tenant_id, session_id),
    CONSTRAINT fk_page_sessions_session FOREIGN KEY (tenant_id, session_id)
        REFERENCES user_sessions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_page_sessions_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_page_sessions_last_used_at CHECK (last_used_at >= created_at)
);

CREATE INDEX idx_page_sessions_last_used_at ON page_sessions (last_used_at);

COMMENT ON TABLE page_sessions IS 'Page sessions, as hashes of their tokens only; where they are kept in Redis there are none here.';
COMMENT ON COLUMN page_sessions.tenant_id IS 'The shop; a token of another one finds nothing.';
COMMENT ON COLUMN page_sessions.id IS 'The row.';
COMMENT ON COLUMN page_sessions.session_id IS 'The session behind it, which decides whether it goes on; it has no refresh token that can be used.';
COMMENT ON COLUMN page_sessions.token_hash IS 'SHA-256 of the token, in hexadecimal.';
COMMENT ON COLUMN page_sessions.last_used_at IS 'When it was used last, noted once a minute at most; what is idle for too long ends.';
COMMENT ON COLUMN page_sessions.created_at IS 'When it was opened.';

CALL isolate_tenants('page_sessions');
-- Whoever shows a token has yet to be known; its owner sees the session behind it.
CALL keep_for_the_shop('page_sessions');

-- Requests that took effect, with the answers they got.

CREATE TABLE idempotency_keys (
    tenant_id uuid NOT NULL,
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    state text NOT NULL DEFAULT 'in_progress',
    saga_id uuid,
    status smallint,
    body jsonb,
    location text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, principal, route, key),
    CONSTRAINT chk_idempotency_keys_key CHECK (char_length(key) BETWEEN 1 AND 255),
    CONSTRAINT chk_idempotency_keys_body_hash CHECK (octet_length(body_hash) = 32),
    CONSTRAINT chk_idempotency_keys_state CHECK (state IN ('in_progress', 'completed')),
    CONSTRAINT chk_idempotency_keys_status CHECK (
        CASE state WHEN 'completed' THEN status IS NOT NULL AND status BETWEEN 200 AND 499 ELSE status IS NULL END)
);

CREATE UNIQUE INDEX uq_idempotency_keys_tenant_id_saga_id
    ON idempotency_keys (tenant_id, saga_id) WHERE saga_id IS NOT NULL;
-- Keys of all tenants are deleted when their time is over.
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys USING brin (expires_at);

CALL isolate_tenants('idempotency_keys');

COMMENT ON TABLE idempotency_keys IS 'Requests with an idempotency key, and the answers to give when they are repeated.';
COMMENT ON COLUMN idempotency_keys.tenant_id IS 'The tenant of the request.';
COMMENT ON COLUMN idempotency_keys.principal IS 'Who sent it: the kind of caller and its id.';
COMMENT ON COLUMN idempotency_keys.route IS 'Method and path of the request.';
COMMENT ON COLUMN idempotency_keys.key IS 'The key that the caller chose.';
COMMENT ON COLUMN idempotency_keys.body_hash IS 'SHA-256 of the canonical body.';
COMMENT ON COLUMN idempotency_keys.state IS 'in_progress until the answer is stored.';
COMMENT ON COLUMN idempotency_keys.saga_id IS 'The saga that works on it, if one does.';
COMMENT ON COLUMN idempotency_keys.status IS 'The HTTP status of the answer.';
COMMENT ON COLUMN idempotency_keys.body IS 'The body of the answer.';
COMMENT ON COLUMN idempotency_keys.location IS 'The Location header of the answer.';
COMMENT ON COLUMN idempotency_keys.created_at IS 'When the request came first.';
COMMENT ON COLUMN idempotency_keys.expires_at IS 'After this time the key counts as unused.';

-- Keys of machines that act for a shop.

CREATE TABLE api_keys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    key_hash varchar(64) NOT NULL,
    permissions text[] NOT NULL,
    created_by uuid,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id),
    -- The hash leads, because whoever shows a key has no tenant yet: the key tells it.
    CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash, tenant_id),
    CONSTRAINT chk_api_keys_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_api_keys_key_hash CHECK (key_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_api_keys_permissions CHECK (
        array_position(permissions, NULL) IS NULL
        AND NOT permissions && ARRAY['tenants:write', 'reconciliation:run'])
);

COMMENT ON TABLE api_keys IS 'API keys, as hashes only. A key of a shop never holds a permission of the operator.';
COMMENT ON COLUMN api_keys.tenant_id IS 'The shop that it acts for.';
COMMENT ON COLUMN api_keys.id IS 'The id of the principal that the key admits.';
COMMENT ON COLUMN api_keys.name IS 'What it is for, as people read it.';
COMMENT ON COLUMN api_keys.key_hash IS 'SHA-256 of the key, in hexadecimal.';
COMMENT ON COLUMN api_keys.permissions IS 'What it may do.';
COMMENT ON COLUMN api_keys.created_by IS 'The user or key that created it; none for the operator.';
COMMENT ON COLUMN api_keys.expires_at IS 'From when on it admits nobody; none for never.';
COMMENT ON COLUMN api_keys.revoked_at IS 'When it was revoked.';
COMMENT ON COLUMN api_keys.created_at IS 'When it was created.';

CALL isolate_tenants('api_keys');

-- The keys that wrap the keys of a shop's people, wrapped themselves by the installation's master key.

CREATE TABLE tenant_keys (
    tenant_id     uuid        NOT NULL,
    version       integer     NOT NULL,
    state         text        NOT NULL DEFAULT 'current',
    wrapped_key   text,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at timestamptz,
    retired_at    timestamptz,
    CONSTRAINT tenant_keys_pkey PRIMARY KEY (tenant_id, version),
    CONSTRAINT chk_tenant_keys_version CHECK (version >= 1),
    CONSTRAINT chk_tenant_keys_state CHECK (state IN ('current', 'superseded', 'retired')),
    CONSTRAINT chk_tenant_keys_superseded_at CHECK ((state = 'current') = (superseded_at IS NULL)),
    CONSTRAINT chk_tenant_keys_retired_at CHECK ((state = 'retired') = (retired_at IS NOT NULL)),
    CONSTRAINT chk_tenant_keys_wrapped_key CHECK ((state = 'retired') = (wrapped_key IS NULL))
);

CREATE UNIQUE INDEX uq_tenant_keys_current ON tenant_keys (tenant_id) WHERE state = 'current';

COMMENT ON TABLE tenant_keys IS 'The key-encryption keys of shops, by version. New keys of people are wrapped by the current one.';
COMMENT ON COLUMN tenant_keys.tenant_id IS 'The shop.';
COMMENT ON COLUMN tenant_keys.version IS 'Counts from 1.';
COMMENT ON COLUMN tenant_keys.state IS 'current; superseded while keys are still wrapped by it; retired once none is.';
COMMENT ON COLUMN tenant_keys.wrapped_key IS 'The key, encrypted by the master key and bound to shop and version, in Base64; destroyed when it is retired.';
COMMENT ON COLUMN tenant_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN tenant_keys.superseded_at IS 'Since when no new key is wrapped by it.';
COMMENT ON COLUMN tenant_keys.retired_at IS 'When it was destroyed.';

CALL isolate_tenants('tenant_keys');

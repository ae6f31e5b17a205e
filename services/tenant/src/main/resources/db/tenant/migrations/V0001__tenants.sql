-- The directory of tenants.

CREATE TABLE tenants (
    id uuid NOT NULL,
    name varchar(63) NOT NULL,
    display_name varchar(255) NOT NULL,
    schema_name varchar(100) NOT NULL GENERATED ALWAYS AS ('tenant_' || replace(name, '-', '_')) STORED,
    placement text NOT NULL DEFAULT 'shared',
    is_active boolean NOT NULL DEFAULT true,
    settings jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT uq_tenants_name UNIQUE (name),
    CONSTRAINT uq_tenants_schema_name UNIQUE (schema_name),
    CONSTRAINT chk_tenants_name CHECK (name ~ '^[a-z][a-z0-9-]{1,62}$'),
    CONSTRAINT chk_tenants_display_name CHECK (btrim(display_name) <> ''),
    CONSTRAINT chk_tenants_schema_name CHECK (schema_name ~ '^[a-z][a-z0-9_]*$'),
    CONSTRAINT chk_tenants_placement CHECK (placement IN ('shared', 'schema', 'shard')),
    CONSTRAINT chk_tenants_settings CHECK (jsonb_typeof(settings) = 'object'),
    CONSTRAINT chk_tenants_version CHECK (version >= 1)
);

COMMENT ON TABLE tenants IS 'Platform table: the shops and marketplaces. An application session sees the bound tenant only.';
COMMENT ON COLUMN tenants.id IS 'The tenant_id of all other tables.';
COMMENT ON COLUMN tenants.name IS 'Unique technical name; it never changes.';
COMMENT ON COLUMN tenants.display_name IS 'The name as people read it.';
COMMENT ON COLUMN tenants.schema_name IS 'Database schema of the tenant where its placement is schema; derived from the name.';
COMMENT ON COLUMN tenants.placement IS 'Where its rows live: shared tables, a schema of its own, or a shard of its own.';
COMMENT ON COLUMN tenants.is_active IS 'Whether the shop can be reached.';
COMMENT ON COLUMN tenants.settings IS 'Currency, time zone and rules, as in TenantSettings.';
COMMENT ON COLUMN tenants.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN tenants.created_at IS 'When the tenant was created.';
COMMENT ON COLUMN tenants.updated_at IS 'When the row changed last.';

-- Look-ups across tenants and creations run as the worker; a shop's own administrator reaches its own row only.
CALL isolate_tenants('tenants', 'id');

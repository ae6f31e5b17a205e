CREATE TABLE brands (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    name        varchar(255)  NOT NULL,
    slug        varchar(255)  NOT NULL,
    logo_url    varchar(500),
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_brands_slug UNIQUE (tenant_id, slug),
    CONSTRAINT chk_brands_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_brands_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

COMMENT ON TABLE brands IS 'The names under which products are sold.';
COMMENT ON COLUMN brands.tenant_id IS 'The shop.';
COMMENT ON COLUMN brands.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN brands.name IS 'The name as people read it.';
COMMENT ON COLUMN brands.slug IS 'The name in addresses, unique in the shop.';
COMMENT ON COLUMN brands.logo_url IS 'The logo.';
COMMENT ON COLUMN brands.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN brands.created_at IS 'When the row was created.';
COMMENT ON COLUMN brands.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('brands');

CREATE TABLE manufacturers (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    name        varchar(255)  NOT NULL,
    slug        varchar(255)  NOT NULL,
    logo_url    varchar(500),
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_manufacturers_slug UNIQUE (tenant_id, slug),
    CONSTRAINT chk_manufacturers_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_manufacturers_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

COMMENT ON TABLE manufacturers IS 'Those who make the products.';
COMMENT ON COLUMN manufacturers.tenant_id IS 'The shop.';
COMMENT ON COLUMN manufacturers.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN manufacturers.name IS 'The name as people read it.';
COMMENT ON COLUMN manufacturers.slug IS 'The name in addresses, unique in the shop.';
COMMENT ON COLUMN manufacturers.logo_url IS 'The logo.';
COMMENT ON COLUMN manufacturers.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN manufacturers.created_at IS 'When the row was created.';
COMMENT ON COLUMN manufacturers.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('manufacturers');

CREATE TABLE shipping_zones (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    name        varchar(100)  NOT NULL,
    countries   text[]        NOT NULL,
    states      text[]        NOT NULL DEFAULT '{}',
    is_active   boolean       NOT NULL DEFAULT true,
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_shipping_zones_name UNIQUE (tenant_id, name),
    CONSTRAINT chk_shipping_zones_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_shipping_zones_countries CHECK (
        cardinality(countries) > 0 AND array_to_string(countries, ',', '?') ~ '^(\*|[A-Z]{2}(,[A-Z]{2})*)$'),
    CONSTRAINT chk_shipping_zones_states CHECK (cardinality(states) = 0 OR cardinality(countries) = 1 AND countries[1] <> '*'),
    CONSTRAINT chk_shipping_zones_version CHECK (version > 0)
);

COMMENT ON TABLE shipping_zones IS 'Regions to which a shop sends for the same prices.';
COMMENT ON COLUMN shipping_zones.tenant_id IS 'The shop.';
COMMENT ON COLUMN shipping_zones.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN shipping_zones.name IS 'The name, unique in the shop.';
COMMENT ON COLUMN shipping_zones.countries IS 'ISO 3166-1 alpha-2 codes, or only * for everywhere else.';
COMMENT ON COLUMN shipping_zones.states IS 'The states or provinces of the one country, in capitals; empty for all of it.';
COMMENT ON COLUMN shipping_zones.is_active IS 'Whether quotes consider the zone.';
COMMENT ON COLUMN shipping_zones.version IS 'Counts the changes of the zone and its methods.';
COMMENT ON COLUMN shipping_zones.created_at IS 'When the row was created.';
COMMENT ON COLUMN shipping_zones.updated_at IS 'When the zone or its methods were last changed.';

CALL isolate_tenants('shipping_zones');

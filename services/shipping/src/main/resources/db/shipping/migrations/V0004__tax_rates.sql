-- At which rates a shop taxes what it sends, by where it goes and by the tax category of the product.

-- Ranges can be kept apart for each place and category only where those, too, are in the index.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TABLE tax_rates (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    code        varchar(100)  NOT NULL,
    country     varchar(2)    NOT NULL,
    state       varchar(100),
    category    varchar(30)   NOT NULL,
    name        varchar(100)  NOT NULL,
    percent     numeric(7, 4) NOT NULL,
    valid_from  timestamptz,
    valid_until timestamptz,
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_tax_rates_code UNIQUE (tenant_id, code),
    CONSTRAINT chk_tax_rates_code CHECK (code ~ '^[a-z0-9][a-z0-9-]*$'),
    CONSTRAINT chk_tax_rates_country CHECK (country ~ '^(\*|[A-Z]{2})$'),
    CONSTRAINT chk_tax_rates_state CHECK (state IS NULL OR (state = upper(btrim(state)) AND state <> '' AND country <> '*')),
    CONSTRAINT chk_tax_rates_category CHECK (category ~ '^[a-z][a-z0-9-]*$'),
    CONSTRAINT chk_tax_rates_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_tax_rates_percent CHECK (percent BETWEEN 0 AND 100),
    CONSTRAINT chk_tax_rates_period CHECK (valid_from < valid_until),
    CONSTRAINT chk_tax_rates_version CHECK (version > 0),
    -- At each time a place has at most one rate for a category.
    CONSTRAINT ex_tax_rates_period EXCLUDE USING gist (
        tenant_id WITH =, country WITH =, coalesce(state, '') WITH =, category WITH =,
        tstzrange(valid_from, valid_until) WITH &&)
);

COMMENT ON TABLE tax_rates IS 'At which rates a shop taxes what it sends. Orders keep what was reckoned, so that rates may be changed and removed.';
COMMENT ON COLUMN tax_rates.tenant_id IS 'The shop.';
COMMENT ON COLUMN tax_rates.id IS 'Identifier, UUIDv7; checkouts and orders name it.';
COMMENT ON COLUMN tax_rates.code IS 'What the shop calls the rate, unique in the shop.';
COMMENT ON COLUMN tax_rates.country IS 'ISO 3166-1 alpha-2 code, or * for everywhere else.';
COMMENT ON COLUMN tax_rates.state IS 'The state or province of the country, in capitals; NULL for all of it.';
COMMENT ON COLUMN tax_rates.category IS 'The tax category of products that are taxed at it; shipping for what it costs to send them.';
COMMENT ON COLUMN tax_rates.name IS 'What customers read.';
COMMENT ON COLUMN tax_rates.percent IS 'The rate in percent: 19 is 19 %.';
COMMENT ON COLUMN tax_rates.valid_from IS 'From when on it applies; NULL for ever since.';
COMMENT ON COLUMN tax_rates.valid_until IS 'From when on it does not apply any more; NULL for until further notice.';
COMMENT ON COLUMN tax_rates.version IS 'Counts the changes.';
COMMENT ON COLUMN tax_rates.created_at IS 'When the row was created.';
COMMENT ON COLUMN tax_rates.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('tax_rates');

CALL raise_versions_of('tax_rates', 'shipping_versions');

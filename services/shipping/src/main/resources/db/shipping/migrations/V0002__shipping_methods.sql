CREATE TABLE shipping_methods (
    tenant_id       uuid           NOT NULL,
    id              uuid           NOT NULL,
    zone_id         uuid           NOT NULL,
    name            varchar(100)   NOT NULL,
    carrier         varchar(100),
    price           numeric(10, 2) NOT NULL,
    currency        varchar(3)     NOT NULL,
    estimated_days  integer        NOT NULL,
    free_above      numeric(10, 2),
    is_active       boolean        NOT NULL DEFAULT true,
    sort_order      integer        NOT NULL,
    version         bigint         NOT NULL DEFAULT 1,
    created_at      timestamptz    NOT NULL DEFAULT now(),
    updated_at      timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_shipping_methods_name UNIQUE (tenant_id, zone_id, name),
    CONSTRAINT fk_shipping_methods_zone FOREIGN KEY (tenant_id, zone_id)
        REFERENCES shipping_zones (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_shipping_methods_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_shipping_methods_price CHECK (price >= 0),
    CONSTRAINT chk_shipping_methods_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_shipping_methods_estimated_days CHECK (estimated_days BETWEEN 0 AND 365),
    CONSTRAINT chk_shipping_methods_free_above CHECK (free_above >= 0),
    CONSTRAINT chk_shipping_methods_sort_order CHECK (sort_order >= 0),
    CONSTRAINT chk_shipping_methods_version CHECK (version > 0)
);

COMMENT ON TABLE shipping_methods IS 'Ways to send a parcel to a zone.';
COMMENT ON COLUMN shipping_methods.tenant_id IS 'The shop.';
COMMENT ON COLUMN shipping_methods.id IS 'Identifier, UUIDv7; checkouts and orders keep it.';
COMMENT ON COLUMN shipping_methods.zone_id IS 'The zone.';
COMMENT ON COLUMN shipping_methods.name IS 'The name as customers read it, unique in the zone.';
COMMENT ON COLUMN shipping_methods.carrier IS 'Who carries the parcel.';
COMMENT ON COLUMN shipping_methods.price IS 'What it costs.';
COMMENT ON COLUMN shipping_methods.currency IS 'ISO 4217 code of price and free_above.';
COMMENT ON COLUMN shipping_methods.estimated_days IS 'Working days until the parcel arrives.';
COMMENT ON COLUMN shipping_methods.free_above IS 'It costs nothing where the goods are worth at least this; NULL for never.';
COMMENT ON COLUMN shipping_methods.is_active IS 'Whether it is offered; methods taken off a zone stay, because orders name them.';
COMMENT ON COLUMN shipping_methods.sort_order IS 'Its place among the zone''s methods, from 0.';
COMMENT ON COLUMN shipping_methods.version IS 'Counts the changes.';
COMMENT ON COLUMN shipping_methods.created_at IS 'When the row was created.';
COMMENT ON COLUMN shipping_methods.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('shipping_methods');

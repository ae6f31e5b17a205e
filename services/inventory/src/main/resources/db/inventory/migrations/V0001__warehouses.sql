CREATE TABLE warehouses (
    tenant_id  uuid         NOT NULL,
    id         uuid         NOT NULL,
    name       varchar(100) NOT NULL,
    is_default boolean      NOT NULL DEFAULT false,
    created_at timestamptz  NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT warehouses_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_warehouses_name UNIQUE (tenant_id, name),
    CONSTRAINT chk_warehouses_name CHECK (name = btrim(name) AND name <> '')
);

CREATE UNIQUE INDEX uq_warehouses_default ON warehouses (tenant_id) WHERE is_default;

CALL isolate_tenants('warehouses');

COMMENT ON TABLE warehouses IS 'Where stock is kept.';
COMMENT ON COLUMN warehouses.tenant_id IS 'The shop.';
COMMENT ON COLUMN warehouses.id IS 'A UUIDv7: older warehouses sort first, and stock is taken from them first.';
COMMENT ON COLUMN warehouses.name IS 'Unique in the shop.';
COMMENT ON COLUMN warehouses.is_default IS 'Whether stock that names no warehouse is kept here; one a shop, made by its first receipt.';
COMMENT ON COLUMN warehouses.created_at IS 'When it was first named.';

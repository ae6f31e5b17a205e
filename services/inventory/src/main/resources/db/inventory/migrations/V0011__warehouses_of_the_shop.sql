ALTER TABLE warehouses
    ADD COLUMN priority integer NOT NULL DEFAULT 100,
    ADD COLUMN active boolean NOT NULL DEFAULT true,
    ADD COLUMN country varchar(2),
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD CONSTRAINT chk_warehouses_priority CHECK (priority BETWEEN 0 AND 1000000) NOT VALID,
    ADD CONSTRAINT chk_warehouses_country CHECK (country ~ '^[A-Z]{2}$') NOT VALID,
    ADD CONSTRAINT chk_warehouses_default_active CHECK (active OR NOT is_default) NOT VALID;

-- Its own version, since that of the record counts sales.
ALTER TABLE inventory ADD COLUMN reorder_version bigint NOT NULL DEFAULT 1;

CREATE TABLE inventory_settings (
    tenant_id       uuid        NOT NULL,
    allocation_rule varchar(20) NOT NULL,
    version         bigint      NOT NULL DEFAULT 1,
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_settings_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT chk_inventory_settings_allocation_rule CHECK (allocation_rule IN ('OLDEST_FIRST', 'BY_PRIORITY'))
);

CALL isolate_tenants('inventory_settings');

COMMENT ON COLUMN warehouses.id IS 'A UUIDv7: older warehouses sort first.';
COMMENT ON COLUMN warehouses.priority IS
    'Where the shop allocates by priority: stock is taken from the warehouse with the smallest one first.';
COMMENT ON COLUMN warehouses.active IS
    'Whether units may be received here. What is left in one that is not active is still sold, and what comes back still comes here.';
COMMENT ON COLUMN warehouses.country IS 'Where it stands, as an ISO 3166-1 code of two letters, if that is known.';
COMMENT ON COLUMN warehouses.version IS 'Counts what staff changes of it.';
COMMENT ON COLUMN inventory.version IS 'Counts the changes of the quantities.';
COMMENT ON COLUMN inventory.reorder_version IS 'Counts the changes of the reorder point and quantity.';
COMMENT ON TABLE inventory_settings IS 'What a shop has decided of its stock; without a row it is as if it had decided for OLDEST_FIRST.';
COMMENT ON COLUMN inventory_settings.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_settings.allocation_rule IS
    'From which warehouses stock is taken first: OLDEST_FIRST, or BY_PRIORITY and among equals the oldest.';
COMMENT ON COLUMN inventory_settings.version IS 'Counts the changes.';
COMMENT ON COLUMN inventory_settings.updated_at IS 'When it last changed.';

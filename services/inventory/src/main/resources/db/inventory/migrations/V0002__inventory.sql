CREATE TABLE inventory (
    tenant_id          uuid        NOT NULL,
    id                 uuid        NOT NULL,
    product_id         uuid        NOT NULL,
    warehouse_id       uuid        NOT NULL,
    available_quantity integer     NOT NULL DEFAULT 0,
    reserved_quantity  integer     NOT NULL DEFAULT 0,
    total_quantity     integer     GENERATED ALWAYS AS (available_quantity + reserved_quantity) STORED,
    reorder_point      integer     NOT NULL DEFAULT 0,
    reorder_quantity   integer     NOT NULL DEFAULT 0,
    version            bigint      NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_inventory_product UNIQUE (tenant_id, product_id, warehouse_id),
    CONSTRAINT chk_inventory_available CHECK (available_quantity >= 0),
    CONSTRAINT chk_inventory_reserved CHECK (reserved_quantity >= 0),
    CONSTRAINT chk_inventory_reorder_point CHECK (reorder_point >= 0),
    CONSTRAINT chk_inventory_reorder_quantity CHECK (reorder_quantity >= 0)
)
-- No index holds a quantity, so that a change of stock stays on its page (HOT) while there is room for it.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CALL isolate_tenants('inventory');

COMMENT ON TABLE inventory IS 'How much there is of a product in a warehouse. Each change has a row in inventory_movements.';
COMMENT ON COLUMN inventory.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory.id IS 'The record.';
COMMENT ON COLUMN inventory.product_id IS 'The product in the catalog; no foreign key, it lives in another database.';
COMMENT ON COLUMN inventory.warehouse_id IS 'Where the units are. No foreign key: warehouses are never deleted, and until there are statistics the planner takes an index on it for the product''s.';
COMMENT ON COLUMN inventory.available_quantity IS 'Units that can be sold, never negative.';
COMMENT ON COLUMN inventory.reserved_quantity IS 'Units that open reservations hold, never negative.';
COMMENT ON COLUMN inventory.total_quantity IS 'Units in the warehouse: available and reserved.';
COMMENT ON COLUMN inventory.reorder_point IS 'At how many available units more should be ordered; 0 for never.';
COMMENT ON COLUMN inventory.reorder_quantity IS 'How many units should then be ordered.';
COMMENT ON COLUMN inventory.version IS 'Counts the changes.';
COMMENT ON COLUMN inventory.created_at IS 'When the product was first received here.';
COMMENT ON COLUMN inventory.updated_at IS 'When the quantities last changed.';

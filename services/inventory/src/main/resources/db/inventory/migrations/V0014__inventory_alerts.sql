CREATE TABLE inventory_alerts (
    tenant_id          uuid        NOT NULL,
    id                 uuid        NOT NULL,
    product_id         uuid        NOT NULL,
    warehouse_id       uuid        NOT NULL,
    available_quantity integer     NOT NULL,
    reorder_point      integer     NOT NULL,
    reorder_quantity   integer     NOT NULL,
    opened_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    acknowledged_at    timestamptz,
    acknowledged_by    uuid,
    closed_at          timestamptz,
    CONSTRAINT inventory_alerts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_inventory_alerts_low CHECK (
        reorder_point > 0 AND available_quantity BETWEEN 0 AND reorder_point AND reorder_quantity >= 0),
    CONSTRAINT chk_inventory_alerts_acknowledged CHECK (acknowledged_by IS NULL OR acknowledged_at IS NOT NULL)
);

CREATE UNIQUE INDEX uq_inventory_alerts_open ON inventory_alerts (tenant_id, product_id, warehouse_id)
    WHERE closed_at IS NULL;
CREATE INDEX idx_inventory_alerts_open ON inventory_alerts (tenant_id, id) WHERE closed_at IS NULL;

CALL isolate_tenants('inventory_alerts');

COMMENT ON TABLE inventory_alerts IS
    'Stock that fell to its reorder point: opened by a job once, and closed by it when there is more again, or nobody watches any more.';
COMMENT ON COLUMN inventory_alerts.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_alerts.id IS 'A UUIDv7: rises with the time of opening.';
COMMENT ON COLUMN inventory_alerts.product_id IS 'The product.';
COMMENT ON COLUMN inventory_alerts.warehouse_id IS 'The warehouse; no foreign key, warehouses are never deleted.';
COMMENT ON COLUMN inventory_alerts.available_quantity IS 'Units that were available when it was opened.';
COMMENT ON COLUMN inventory_alerts.reorder_point IS 'The reorder point when it was opened.';
COMMENT ON COLUMN inventory_alerts.reorder_quantity IS 'How many units should then have been ordered.';
COMMENT ON COLUMN inventory_alerts.opened_at IS 'When the job saw it.';
COMMENT ON COLUMN inventory_alerts.acknowledged_at IS 'When somebody took it on; NULL until then.';
COMMENT ON COLUMN inventory_alerts.acknowledged_by IS 'Who took it on, first.';
COMMENT ON COLUMN inventory_alerts.closed_at IS 'When the job saw that the stock is above its reorder point again; NULL while it is open.';
COMMENT ON COLUMN inventory.updated_at IS 'When the quantities, or the reorder point, last changed.';

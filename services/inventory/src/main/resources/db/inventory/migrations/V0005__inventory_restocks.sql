-- Sold units that are for sale again, such as what came back.

CREATE TABLE inventory_restocks (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    order_id   uuid        NOT NULL,
    units      bigint      NOT NULL,
    reason     varchar(255),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_restocks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_inventory_restocks_order FOREIGN KEY (tenant_id, order_id)
        REFERENCES inventory_reservations (tenant_id, order_id) ON DELETE CASCADE,
    CONSTRAINT chk_inventory_restocks_units CHECK (units > 0)
);

CREATE INDEX idx_inventory_restocks_order_id ON inventory_restocks (tenant_id, order_id);

CALL isolate_tenants('inventory_restocks');

ALTER TABLE inventory_reservation_lines
    ADD COLUMN restocked_quantity integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT chk_inventory_reservation_lines_restocked
        CHECK (restocked_quantity BETWEEN 0 AND quantity) NOT VALID;

ALTER TABLE inventory_movements
    ADD COLUMN restock_id uuid,
    DROP CONSTRAINT chk_inventory_movements_reference,
    ADD CONSTRAINT chk_inventory_movements_reference CHECK (CASE reference_type
        WHEN 'ORDER' THEN movement_type IN ('RESERVE', 'RELEASE', 'CONFIRM') AND reference_id IS NOT NULL
        WHEN 'RECEIPT' THEN movement_type = 'RESTOCK' AND reference <> ''
        WHEN 'RETURN' THEN movement_type = 'RESTOCK' AND reference_id IS NOT NULL AND restock_id IS NOT NULL
        WHEN 'ADJUSTMENT' THEN movement_type = 'ADJUSTMENT' AND reason <> ''
        ELSE false
    END) NOT VALID;

COMMENT ON TABLE inventory_restocks IS
    'Requests to make sold units of an order available again that took effect; each id once, ever.';
COMMENT ON COLUMN inventory_restocks.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_restocks.id IS 'The request, as its caller names it.';
COMMENT ON COLUMN inventory_restocks.order_id IS 'The order whose units they were.';
COMMENT ON COLUMN inventory_restocks.units IS 'How many units of all its products.';
COMMENT ON COLUMN inventory_restocks.reason IS 'Why, in the caller''s words.';
COMMENT ON COLUMN inventory_restocks.created_at IS 'When.';
COMMENT ON TABLE inventory_reservation_lines IS
    'From which warehouse how many units of which product are held for an order. Only what was restocked of them changes: the status is the order''s.';
COMMENT ON COLUMN inventory_reservation_lines.restocked_quantity IS
    'Units of the line that were sold and are available again, by restocks; what is released later are the others.';
COMMENT ON COLUMN inventory_movements.movement_type IS
    'RESERVE for an order, RELEASE back to available, CONFIRM as sold, RESTOCK by a receipt or of sold units, ADJUSTMENT by hand.';
COMMENT ON COLUMN inventory_movements.reference_type IS 'What caused it: ORDER, RECEIPT, RETURN of sold units, or ADJUSTMENT.';
COMMENT ON COLUMN inventory_movements.restock_id IS 'The restock, where sold units are available again.';

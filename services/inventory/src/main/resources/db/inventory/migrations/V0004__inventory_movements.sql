CREATE TABLE inventory_movements (
    tenant_id        uuid        NOT NULL,
    id               bigint      GENERATED ALWAYS AS IDENTITY,
    product_id       uuid        NOT NULL,
    warehouse_id     uuid        NOT NULL,
    movement_type    varchar(10) NOT NULL,
    available_change integer     NOT NULL,
    reserved_change  integer     NOT NULL,
    reference_type   varchar(10) NOT NULL,
    reference_id     uuid,
    reference        varchar(255),
    reason           varchar(255),
    actor_kind       varchar(20) NOT NULL DEFAULT
        coalesce(nullif(current_setting('app.principal_kind', true), ''), 'SYSTEM'),
    actor_id         uuid        DEFAULT nullif(current_setting('app.principal_id', true), '')::uuid,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_movements_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_inventory_movements_changes CHECK (CASE movement_type
        WHEN 'RESERVE' THEN available_change < 0 AND reserved_change = -available_change
        WHEN 'RELEASE' THEN available_change > 0 AND reserved_change IN (0, -available_change)
        WHEN 'CONFIRM' THEN available_change = 0 AND reserved_change < 0
        WHEN 'RESTOCK' THEN available_change > 0 AND reserved_change = 0
        WHEN 'ADJUSTMENT' THEN available_change <> 0 AND reserved_change = 0
        ELSE false
    END),
    CONSTRAINT chk_inventory_movements_reference CHECK (CASE reference_type
        WHEN 'ORDER' THEN movement_type IN ('RESERVE', 'RELEASE', 'CONFIRM') AND reference_id IS NOT NULL
        WHEN 'RECEIPT' THEN movement_type = 'RESTOCK' AND reference <> ''
        WHEN 'ADJUSTMENT' THEN movement_type = 'ADJUSTMENT' AND reason <> ''
        ELSE false
    END)
);

CREATE UNIQUE INDEX uq_inventory_movements_receipt ON inventory_movements (tenant_id, reference)
    WHERE movement_type = 'RESTOCK';
CREATE UNIQUE INDEX uq_inventory_movements_order
    ON inventory_movements (tenant_id, reference_id, product_id, warehouse_id, movement_type)
    WHERE reference_type = 'ORDER';
CREATE INDEX idx_inventory_movements_product_id ON inventory_movements (tenant_id, product_id, id);

CREATE FUNCTION refuse_change_of_movement() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the ledger of stock is append-only: correct it with another movement'
        USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER refuse_change_of_movement
    BEFORE UPDATE OR DELETE ON inventory_movements
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement();

CALL isolate_tenants('inventory_movements');

COMMENT ON FUNCTION refuse_change_of_movement() IS 'Keeps the ledger append-only.';
COMMENT ON TABLE inventory_movements IS
    'The ledger of stock, append-only: the quantities of inventory are the sums of its changes. No foreign key to inventory, whose rows are the hottest.';
COMMENT ON COLUMN inventory_movements.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_movements.id IS 'Rises with time, nearly: movements that commit at the same time may appear in another order.';
COMMENT ON COLUMN inventory_movements.product_id IS 'The product.';
COMMENT ON COLUMN inventory_movements.warehouse_id IS 'The warehouse.';
COMMENT ON COLUMN inventory_movements.movement_type IS
    'RESERVE for an order, RELEASE back to available, CONFIRM as sold, RESTOCK by a receipt, ADJUSTMENT by hand.';
COMMENT ON COLUMN inventory_movements.available_change IS 'How many units became available, negative for fewer.';
COMMENT ON COLUMN inventory_movements.reserved_change IS 'How many units became reserved, negative for fewer.';
COMMENT ON COLUMN inventory_movements.reference_type IS 'What caused it: ORDER, RECEIPT or ADJUSTMENT.';
COMMENT ON COLUMN inventory_movements.reference_id IS 'The order, where one caused it.';
COMMENT ON COLUMN inventory_movements.reference IS 'The receipt''s number, where one caused it; received once, ever.';
COMMENT ON COLUMN inventory_movements.reason IS 'Why, in words.';
COMMENT ON COLUMN inventory_movements.actor_kind IS 'What sort of principal caused it.';
COMMENT ON COLUMN inventory_movements.actor_id IS 'The principal; NULL for the platform itself.';
COMMENT ON COLUMN inventory_movements.created_at IS 'When.';

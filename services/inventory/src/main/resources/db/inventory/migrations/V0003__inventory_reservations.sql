CREATE TABLE inventory_reservations (
    tenant_id   uuid        NOT NULL,
    order_id    uuid        NOT NULL,
    customer_id uuid,
    status      varchar(10) NOT NULL,
    line_count  integer     NOT NULL,
    units       bigint      NOT NULL,
    reason      varchar(255),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    CONSTRAINT inventory_reservations_pkey PRIMARY KEY (tenant_id, order_id),
    CONSTRAINT chk_inventory_reservations_status CHECK (status IN ('OPEN', 'CONFIRMED', 'RELEASED', 'EXPIRED')),
    CONSTRAINT chk_inventory_reservations_ended CHECK ((status = 'OPEN') = (ended_at IS NULL)),
    CONSTRAINT chk_inventory_reservations_units CHECK (
        line_count >= 0 AND units >= line_count AND (units > 0 OR status = 'RELEASED'))
)
WITH (fillfactor = 80);

-- Small, since few reservations are open at a time. Without the tenant, because the job that needs it works for all.
CREATE INDEX idx_inventory_reservations_expires_at ON inventory_reservations (expires_at) WHERE status = 'OPEN';
CREATE INDEX idx_inventory_reservations_customer_id ON inventory_reservations (tenant_id, customer_id)
    WHERE status = 'OPEN' AND customer_id IS NOT NULL;

CREATE TABLE inventory_reservation_lines (
    tenant_id    uuid    NOT NULL,
    order_id     uuid    NOT NULL,
    product_id   uuid    NOT NULL,
    warehouse_id uuid    NOT NULL,
    quantity     integer NOT NULL,
    CONSTRAINT inventory_reservation_lines_pkey PRIMARY KEY (tenant_id, order_id, product_id, warehouse_id),
    CONSTRAINT fk_inventory_reservation_lines_order FOREIGN KEY (tenant_id, order_id)
        REFERENCES inventory_reservations (tenant_id, order_id) ON DELETE CASCADE,
    CONSTRAINT chk_inventory_reservation_lines_quantity CHECK (quantity > 0)
);

CALL isolate_tenants('inventory_reservations');
CALL isolate_tenants('inventory_reservation_lines');

COMMENT ON TABLE inventory_reservations IS
    'What is reserved or sold for an order, one row an order: whoever changes its status decides what becomes of the stock, and a repeated call finds it.';
COMMENT ON COLUMN inventory_reservations.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_reservations.order_id IS 'The order, in another database.';
COMMENT ON COLUMN inventory_reservations.customer_id IS 'Who buys; NULL for a guest.';
COMMENT ON COLUMN inventory_reservations.status IS
    'OPEN holds stock, CONFIRMED is sold, RELEASED and EXPIRED gave it back. All but a release of what is CONFIRMED start from OPEN.';
COMMENT ON COLUMN inventory_reservations.line_count IS
    'How many rows of inventory_reservation_lines belong to it; 0 where an order was released that had reserved nothing, so that a late request to reserve is refused.';
COMMENT ON COLUMN inventory_reservations.units IS 'The sum of the quantities of its lines.';
COMMENT ON COLUMN inventory_reservations.reason IS 'Why it was released, in the caller''s words.';
COMMENT ON COLUMN inventory_reservations.created_at IS 'When it was made.';
COMMENT ON COLUMN inventory_reservations.expires_at IS 'From when on it may be expired while it is OPEN.';
COMMENT ON COLUMN inventory_reservations.ended_at IS 'When its status last changed; NULL while it is OPEN.';
COMMENT ON TABLE inventory_reservation_lines IS
    'From which warehouse how many units of which product are held for an order. Never changes: the status is the order''s.';
COMMENT ON COLUMN inventory_reservation_lines.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_reservation_lines.order_id IS 'The reservation.';
COMMENT ON COLUMN inventory_reservation_lines.product_id IS 'The product.';
COMMENT ON COLUMN inventory_reservation_lines.warehouse_id IS
    'The warehouse; no foreign key, so that reserving takes no lock on it.';
COMMENT ON COLUMN inventory_reservation_lines.quantity IS 'Units, at least 1.';

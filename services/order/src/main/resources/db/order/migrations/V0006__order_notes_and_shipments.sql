-- What people write about orders, and the parcels that orders leave in.

CREATE TABLE order_notes (
    tenant_id           uuid        NOT NULL,
    id                  uuid        NOT NULL,
    order_id            uuid        NOT NULL,
    note                text        NOT NULL,
    is_customer_visible boolean     NOT NULL DEFAULT false,
    created_by          text        NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_notes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_order_notes_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_notes_note CHECK (length(note) BETWEEN 1 AND 10000)
);

CREATE INDEX idx_order_notes_order_id ON order_notes (tenant_id, order_id, created_at);

CALL isolate_tenants('order_notes');

COMMENT ON TABLE order_notes IS 'Notes of the shop on its orders';
COMMENT ON COLUMN order_notes.tenant_id IS 'The shop';
COMMENT ON COLUMN order_notes.id IS 'The note';
COMMENT ON COLUMN order_notes.order_id IS 'The order';
COMMENT ON COLUMN order_notes.note IS 'The text';
COMMENT ON COLUMN order_notes.is_customer_visible IS 'Whether the customer may read it';
COMMENT ON COLUMN order_notes.created_by IS 'Kind and id of who wrote it';
COMMENT ON COLUMN order_notes.created_at IS 'When it was written';

CREATE TABLE order_shipments (
    tenant_id          uuid        NOT NULL,
    id                 uuid        NOT NULL,
    order_id           uuid        NOT NULL,
    status             text        NOT NULL DEFAULT 'PENDING',
    carrier            text,
    tracking_number    text,
    estimated_delivery date,
    shipped_at         timestamptz,
    delivered_at       timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    version            bigint      NOT NULL DEFAULT 1,
    CONSTRAINT order_shipments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_order_shipments_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_shipments_status CHECK
        (status IN ('PENDING', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'FAILED', 'RETURNED'))
);

CREATE INDEX idx_order_shipments_order_id ON order_shipments (tenant_id, order_id);

CALL isolate_tenants('order_shipments');

COMMENT ON TABLE order_shipments IS 'Parcels in which orders leave; an order may leave in several';
COMMENT ON COLUMN order_shipments.tenant_id IS 'The shop';
COMMENT ON COLUMN order_shipments.id IS 'The parcel';
COMMENT ON COLUMN order_shipments.order_id IS 'The order';
COMMENT ON COLUMN order_shipments.status IS 'How far it has got';
COMMENT ON COLUMN order_shipments.carrier IS 'Who carries it';
COMMENT ON COLUMN order_shipments.tracking_number IS 'The number under which the carrier knows it';
COMMENT ON COLUMN order_shipments.estimated_delivery IS 'The day on which it should arrive';
COMMENT ON COLUMN order_shipments.shipped_at IS 'When it left';
COMMENT ON COLUMN order_shipments.delivered_at IS 'When it arrived';
COMMENT ON COLUMN order_shipments.created_at IS 'When the row was written';
COMMENT ON COLUMN order_shipments.updated_at IS 'When the row was last changed';
COMMENT ON COLUMN order_shipments.version IS 'Counts the changes, for optimistic locking';

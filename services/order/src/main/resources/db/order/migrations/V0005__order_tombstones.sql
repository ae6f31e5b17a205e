-- Orders that were cancelled before they were created, so that a late call cannot create them.

CREATE TABLE order_tombstones (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    reason     text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_tombstones_pkey PRIMARY KEY (tenant_id, id)
);

CALL isolate_tenants('order_tombstones');

COMMENT ON TABLE order_tombstones IS 'Orders that were cancelled before they existed, and never will';
COMMENT ON COLUMN order_tombstones.tenant_id IS 'The shop';
COMMENT ON COLUMN order_tombstones.id IS 'The id that the order would have had';
COMMENT ON COLUMN order_tombstones.reason IS 'Why it was cancelled';
COMMENT ON COLUMN order_tombstones.created_at IS 'When it was cancelled';

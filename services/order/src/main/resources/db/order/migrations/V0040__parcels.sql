-- Parcels: what lies in each, how far it has got and how it got there. Nothing wrote order_shipments before.

ALTER TABLE order_shipments
    ADD COLUMN tracking_number_sealed text,
    ADD COLUMN tracking_url_sealed text,
    ADD COLUMN status_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN words_sealed text,
    DROP CONSTRAINT chk_order_shipments_status,
    ADD CONSTRAINT chk_order_shipments_states CHECK
        (status IN ('PENDING', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'CANCELLED', 'FAILED', 'RETURNED')) NOT VALID,
    ADD CONSTRAINT chk_order_shipments_carrier CHECK (length(carrier) BETWEEN 1 AND 100) NOT VALID,
    ADD CONSTRAINT chk_order_shipments_sealed CHECK
        (tracking_number_sealed ~ '^s1\.[A-Za-z0-9_-]+$' AND tracking_url_sealed ~ '^s1\.[A-Za-z0-9_-]+$'
            AND words_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID,
    ADD CONSTRAINT chk_order_shipments_times CHECK
        ((shipped_at IS NOT NULL) = (status IN ('SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'FAILED', 'RETURNED'))
            AND (delivered_at IS NOT NULL) = (status = 'DELIVERED') AND delivered_at >= shipped_at) NOT VALID,
    ADD CONSTRAINT chk_order_shipments_version CHECK (version > 0) NOT VALID;

-- Contract: no version wrote it, and the table is empty.
ALTER TABLE order_shipments DROP COLUMN tracking_number;

COMMENT ON COLUMN order_shipments.tracking_number_sealed IS 'The number under which the carrier knows it, sealed by the buyer''s key; none once the buyer was erased';
COMMENT ON COLUMN order_shipments.tracking_url_sealed IS 'Where it can be followed, sealed by the buyer''s key; none once the buyer was erased';
COMMENT ON COLUMN order_shipments.status_at IS 'When it came to its status, as whoever told of it says';
COMMENT ON COLUMN order_shipments.words_sealed IS 'Where that was, and what else was said of it, sealed by the buyer''s key; none once the buyer was erased';

CREATE TABLE shipment_state_transitions (
    id         integer GENERATED ALWAYS AS IDENTITY,
    from_state text,
    to_state   text NOT NULL,
    CONSTRAINT shipment_state_transitions_pkey PRIMARY KEY (id),
    CONSTRAINT uq_shipment_state_transitions_states UNIQUE NULLS NOT DISTINCT (from_state, to_state)
);

COMMENT ON TABLE shipment_state_transitions IS 'Platform table: the legal transitions between states of a parcel, the same for all shops';
COMMENT ON COLUMN shipment_state_transitions.id IS 'The transition';
COMMENT ON COLUMN shipment_state_transitions.from_state IS 'State before; NULL for a parcel that does not exist yet';
COMMENT ON COLUMN shipment_state_transitions.to_state IS 'State after';

INSERT INTO shipment_state_transitions (from_state, to_state) VALUES
    (NULL, 'PENDING'),
    ('PENDING', 'SHIPPED'),
    ('PENDING', 'CANCELLED'),
    ('SHIPPED', 'IN_TRANSIT'),
    ('SHIPPED', 'DELIVERED'),
    ('SHIPPED', 'FAILED'),
    ('SHIPPED', 'RETURNED'),
    ('IN_TRANSIT', 'DELIVERED'),
    ('IN_TRANSIT', 'FAILED'),
    ('IN_TRANSIT', 'RETURNED');

CREATE TABLE order_shipment_items (
    tenant_id     uuid    NOT NULL,
    id            uuid    NOT NULL,
    shipment_id   uuid    NOT NULL,
    order_item_id uuid    NOT NULL,
    quantity      integer NOT NULL,
    CONSTRAINT order_shipment_items_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_shipment_items_order_item_id UNIQUE (tenant_id, shipment_id, order_item_id),
    CONSTRAINT fk_order_shipment_items_order_shipments FOREIGN KEY (tenant_id, shipment_id)
        REFERENCES order_shipments (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_order_shipment_items_order_items FOREIGN KEY (tenant_id, order_item_id)
        REFERENCES order_items (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_order_shipment_items_quantity CHECK (quantity > 0)
);

CREATE INDEX idx_order_shipment_items_order_item_id ON order_shipment_items (tenant_id, order_item_id);

CALL isolate_tenants('order_shipment_items');
CALL keep_customers_apart_by('order_shipments', 'id', 'order_shipment_items', 'shipment_id');

COMMENT ON TABLE order_shipment_items IS 'What lies in a parcel: of a line of its order so many units. Written with the parcel, never changed';
COMMENT ON COLUMN order_shipment_items.tenant_id IS 'The shop';
COMMENT ON COLUMN order_shipment_items.id IS 'The row';
COMMENT ON COLUMN order_shipment_items.shipment_id IS 'The parcel';
COMMENT ON COLUMN order_shipment_items.order_item_id IS 'The line of the order';
COMMENT ON COLUMN order_shipment_items.quantity IS 'Units';

CREATE TABLE order_shipment_events (
    tenant_id        uuid        NOT NULL,
    id               bigint      GENERATED ALWAYS AS IDENTITY,
    shipment_id      uuid        NOT NULL,
    shipment_version bigint      NOT NULL,
    status_from      text,
    status_to        text        NOT NULL,
    happened_at      timestamptz NOT NULL,
    words_sealed     text,
    changed_by       text        NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_shipment_events_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_shipment_events_shipment_version UNIQUE (tenant_id, shipment_id, shipment_version),
    CONSTRAINT fk_order_shipment_events_order_shipments FOREIGN KEY (tenant_id, shipment_id)
        REFERENCES order_shipments (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_order_shipment_events_words_sealed CHECK (words_sealed ~ '^s1\.[A-Za-z0-9_-]+$')
);

CALL isolate_tenants('order_shipment_events');
CALL keep_customers_apart_by('order_shipments', 'id', 'order_shipment_events', 'shipment_id');

COMMENT ON TABLE order_shipment_events IS 'Every change of a parcel''s state, written by a trigger; changed only when the buyer is erased';
COMMENT ON COLUMN order_shipment_events.tenant_id IS 'The shop';
COMMENT ON COLUMN order_shipment_events.id IS 'The change';
COMMENT ON COLUMN order_shipment_events.shipment_id IS 'The parcel';
COMMENT ON COLUMN order_shipment_events.shipment_version IS 'The version of the parcel that the change led to; changes of a parcel are read in its order';
COMMENT ON COLUMN order_shipment_events.status_from IS 'State before; NULL for the first';
COMMENT ON COLUMN order_shipment_events.status_to IS 'State after';
COMMENT ON COLUMN order_shipment_events.happened_at IS 'When it happened, as whoever told of it says';
COMMENT ON COLUMN order_shipment_events.words_sealed IS 'Where, and what else was said of it, sealed by the buyer''s key; none once the buyer was erased';
COMMENT ON COLUMN order_shipment_events.changed_by IS 'Kind and id of who changed it, or the database role outside any request';
COMMENT ON COLUMN order_shipment_events.created_at IS 'When it was written down';

-- The machine changes by migrations only; what lies in a parcel and what became of it is not rewritten.
DO $$
BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON shipment_state_transitions FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE UPDATE, DELETE ON order_shipment_items, order_shipment_events FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('GRANT UPDATE (words_sealed) ON order_shipment_events TO %I', service_role('app'));
    EXECUTE format('REVOKE DELETE ON order_shipments FROM %I', service_role('app'));
END;
$$;

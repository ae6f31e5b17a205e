-- Which events were handled, written in the transaction of whoever handles them.

CREATE TABLE inbox_events (
    tenant_id uuid NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inbox_events_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);

-- Old notes of all tenants are deleted by time; a block range index costs the writers next to nothing.
CREATE INDEX idx_inbox_events_received_at ON inbox_events USING brin (received_at);

CALL isolate_tenants('inbox_events');

COMMENT ON TABLE inbox_events IS 'The events that took effect here, so that none does twice.';
COMMENT ON COLUMN inbox_events.tenant_id IS 'The tenant of the event.';
COMMENT ON COLUMN inbox_events.consumer IS 'The handler that handled it.';
COMMENT ON COLUMN inbox_events.event_id IS 'The event.';
COMMENT ON COLUMN inbox_events.received_at IS 'When it was handled.';

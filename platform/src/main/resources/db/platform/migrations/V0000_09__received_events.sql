-- Events that a transport with a log of its own has brought, before they take effect here. They are kept apart from the
-- outbox: an event that a service sends to itself is in both, and each has to go its own way.

CREATE TABLE received_events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    partition smallint NOT NULL,
    priority smallint NOT NULL DEFAULT 5,
    event_type text NOT NULL,
    type_version integer NOT NULL,
    aggregate_type text NOT NULL,
    aggregate_id uuid NOT NULL,
    aggregate_version bigint NOT NULL,
    data jsonb NOT NULL,
    trace_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    dead_at timestamptz,
    last_error text,
    CONSTRAINT received_events_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_received_events_partition CHECK (partition BETWEEN 0 AND 15),
    CONSTRAINT chk_received_events_priority CHECK (priority BETWEEN 0 AND 10),
    CONSTRAINT chk_received_events_type_version CHECK (type_version >= 1),
    CONSTRAINT chk_received_events_attempts CHECK (attempts >= 0)
);

-- The events of one aggregate in their order.
CREATE INDEX idx_received_events_aggregate
    ON received_events (tenant_id, aggregate_type, aggregate_id, position);
-- The relay reads the events of all tenants by their priority.
CREATE INDEX idx_received_events_priority_position
    ON received_events (priority DESC, position) WHERE dead_at IS NULL;
-- Operators list the dead ones of all tenants.
CREATE INDEX idx_received_events_dead_position
    ON received_events (position) WHERE dead_at IS NOT NULL;

-- As for the outbox.
ALTER TABLE received_events SET (
    fillfactor = 85,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0
);

CALL isolate_tenants('received_events');

COMMENT ON TABLE received_events IS 'Events of other services, or of this one, that have arrived and not yet taken effect. An event that has is deleted.';
COMMENT ON COLUMN received_events.tenant_id IS 'The tenant to which it happened.';
COMMENT ON COLUMN received_events.id IS 'The event, the same at every delivery.';
COMMENT ON COLUMN received_events.position IS 'The order in which events arrived.';
COMMENT ON COLUMN received_events.partition IS 'Its aggregate''s partition, by a hash of the id.';
COMMENT ON COLUMN received_events.priority IS 'Among events of different aggregates, higher ones go first.';
COMMENT ON COLUMN received_events.event_type IS 'The name of the event with its version, such as order.confirmed.v1.';
COMMENT ON COLUMN received_events.type_version IS 'The version in the name.';
COMMENT ON COLUMN received_events.aggregate_type IS 'What kind of thing it happened to.';
COMMENT ON COLUMN received_events.aggregate_id IS 'The thing it happened to.';
COMMENT ON COLUMN received_events.aggregate_version IS 'The version of the aggregate that the event led to.';
COMMENT ON COLUMN received_events.data IS 'The event itself.';
COMMENT ON COLUMN received_events.trace_id IS 'The trace that caused it.';
COMMENT ON COLUMN received_events.occurred_at IS 'When it was written, by its producer.';
COMMENT ON COLUMN received_events.attempts IS 'How many times its handlers failed.';
COMMENT ON COLUMN received_events.next_attempt_at IS 'Before this time it is not delivered.';
COMMENT ON COLUMN received_events.dead_at IS 'When it was given up; the later events of its aggregate wait behind it.';
COMMENT ON COLUMN received_events.last_error IS 'What the last attempt failed with.';

CREATE TABLE received_partitions (
    partition smallint NOT NULL,
    lease_owner uuid,
    lease_token bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    CONSTRAINT received_partitions_pkey PRIMARY KEY (partition),
    CONSTRAINT chk_received_partitions_partition CHECK (partition BETWEEN 0 AND 15),
    CONSTRAINT chk_received_partitions_lease CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);

INSERT INTO received_partitions (partition) SELECT generate_series(0, 15);

COMMENT ON TABLE received_partitions IS 'Platform table: which node hands the events of which partition to the handlers.';
COMMENT ON COLUMN received_partitions.partition IS 'The partition.';
COMMENT ON COLUMN received_partitions.lease_owner IS 'The relay that delivers its events.';
COMMENT ON COLUMN received_partitions.lease_token IS 'Grows whenever the partition changes hands; what an earlier holder writes is refused.';
COMMENT ON COLUMN received_partitions.lease_until IS 'After this time any relay may take the partition.';

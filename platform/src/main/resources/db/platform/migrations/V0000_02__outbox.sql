-- Events that were written with their cause and are not yet delivered.

CREATE TABLE outbox_events (
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
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    dead_at timestamptz,
    last_error text,
    CONSTRAINT outbox_events_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_outbox_events_partition CHECK (partition BETWEEN 0 AND 15),
    CONSTRAINT chk_outbox_events_priority CHECK (priority BETWEEN 0 AND 10),
    CONSTRAINT chk_outbox_events_type_version CHECK (type_version >= 1),
    CONSTRAINT chk_outbox_events_attempts CHECK (attempts >= 0)
);

-- The events of one aggregate in their order.
CREATE INDEX idx_outbox_events_aggregate
    ON outbox_events (tenant_id, aggregate_type, aggregate_id, position);
-- The relay reads the events of all tenants by their priority.
CREATE INDEX idx_outbox_events_priority_position
    ON outbox_events (priority DESC, position) WHERE dead_at IS NULL;
-- Operators list the dead ones of all tenants.
CREATE INDEX idx_outbox_events_dead_position
    ON outbox_events (position) WHERE dead_at IS NOT NULL;

-- Rows come and go at the rate of the business.
ALTER TABLE outbox_events SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

CALL isolate_tenants('outbox_events');

COMMENT ON TABLE outbox_events IS 'Events that are not delivered yet. A delivered event is deleted.';
COMMENT ON COLUMN outbox_events.tenant_id IS 'The tenant to which it happened.';
COMMENT ON COLUMN outbox_events.id IS 'The event, the same at every delivery.';
COMMENT ON COLUMN outbox_events.position IS 'The order in which events were written.';
COMMENT ON COLUMN outbox_events.partition IS 'Its aggregate''s partition, by a hash of the id.';
COMMENT ON COLUMN outbox_events.priority IS 'Among events of different aggregates, higher ones go first.';
COMMENT ON COLUMN outbox_events.event_type IS 'The name of the event with its version, such as order.confirmed.v1.';
COMMENT ON COLUMN outbox_events.type_version IS 'The version in the name.';
COMMENT ON COLUMN outbox_events.aggregate_type IS 'What kind of thing it happened to.';
COMMENT ON COLUMN outbox_events.aggregate_id IS 'The thing it happened to.';
COMMENT ON COLUMN outbox_events.aggregate_version IS 'The version of the aggregate that the event led to.';
COMMENT ON COLUMN outbox_events.data IS 'The event itself.';
COMMENT ON COLUMN outbox_events.trace_id IS 'The trace that caused it.';
COMMENT ON COLUMN outbox_events.occurred_at IS 'When it was written.';
COMMENT ON COLUMN outbox_events.attempts IS 'How many deliveries failed.';
COMMENT ON COLUMN outbox_events.next_attempt_at IS 'Before this time it is not delivered.';
COMMENT ON COLUMN outbox_events.dead_at IS 'When it was given up; the later events of its aggregate wait behind it.';
COMMENT ON COLUMN outbox_events.last_error IS 'What the last delivery failed with.';

CREATE TABLE outbox_partitions (
    partition smallint NOT NULL,
    lease_owner uuid,
    lease_token bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    CONSTRAINT outbox_partitions_pkey PRIMARY KEY (partition),
    CONSTRAINT chk_outbox_partitions_partition CHECK (partition BETWEEN 0 AND 15),
    CONSTRAINT chk_outbox_partitions_lease CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);

INSERT INTO outbox_partitions (partition) SELECT generate_series(0, 15);

COMMENT ON TABLE outbox_partitions IS 'Platform table: which node delivers the events of which partition.';
COMMENT ON COLUMN outbox_partitions.partition IS 'The partition.';
COMMENT ON COLUMN outbox_partitions.lease_owner IS 'The relay that delivers its events.';
COMMENT ON COLUMN outbox_partitions.lease_token IS 'Grows whenever the partition changes hands; what an earlier holder writes is refused.';
COMMENT ON COLUMN outbox_partitions.lease_until IS 'After this time any relay may take the partition.';

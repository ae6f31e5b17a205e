-- Every event that was ever written, append-only, and how far each aggregate has got.

CREATE TABLE event_streams (
    tenant_id uuid NOT NULL,
    aggregate_type text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    event_count bigint NOT NULL DEFAULT 1,
    last_event_at timestamptz NOT NULL,
    last_transaction_id xid8 NOT NULL,
    CONSTRAINT event_streams_pkey PRIMARY KEY (tenant_id, aggregate_type, aggregate_id),
    CONSTRAINT chk_event_streams_event_count CHECK (event_count >= 1)
) WITH (fillfactor = 80);

CALL isolate_tenants('event_streams');

COMMENT ON TABLE event_streams IS 'The head of each aggregate''s stream. A key of a partitioned table has to contain the month, so this row guards the version, and is the lock of the stream.';
COMMENT ON COLUMN event_streams.tenant_id IS 'The tenant.';
COMMENT ON COLUMN event_streams.aggregate_type IS 'What kind of thing it is.';
COMMENT ON COLUMN event_streams.aggregate_id IS 'The thing.';
COMMENT ON COLUMN event_streams.version IS 'The version that its last event led to; the next one is greater.';
COMMENT ON COLUMN event_streams.event_count IS 'How many events it has.';
COMMENT ON COLUMN event_streams.last_event_at IS 'When its last event occurred; the next one occurs no earlier.';
COMMENT ON COLUMN event_streams.last_transaction_id IS 'Where its last event stands in the feed; the next one stands behind it.';

CREATE SEQUENCE domain_event_sequence;

COMMENT ON SEQUENCE domain_event_sequence IS 'Tells apart the events of one transaction and of one moment; the events of an aggregate draw from it in their order.';

CREATE TABLE domain_events (
    tenant_id uuid NOT NULL,
    aggregate_type text NOT NULL,
    aggregate_id uuid NOT NULL,
    aggregate_version bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    id uuid NOT NULL,
    transaction_id xid8 NOT NULL,
    sequence bigint NOT NULL DEFAULT nextval('domain_event_sequence'),
    event_type text NOT NULL,
    type_version integer NOT NULL,
    priority smallint NOT NULL,
    trace_id text NOT NULL,
    data jsonb NOT NULL,
    CONSTRAINT domain_events_pkey
        PRIMARY KEY (tenant_id, aggregate_type, aggregate_id, aggregate_version, occurred_at),
    CONSTRAINT chk_domain_events_type_version CHECK (type_version >= 1)
) PARTITION BY RANGE (occurred_at);

-- A shop reads what happened in a time.
CREATE INDEX idx_domain_events_tenant_id_occurred_at ON domain_events (tenant_id, occurred_at, sequence);
-- Followers read the events of all tenants in an order that no later commit can add to.
CREATE INDEX idx_domain_events_transaction_id_sequence ON domain_events (transaction_id, sequence);

CALL isolate_tenants('domain_events');

COMMENT ON TABLE domain_events IS 'Every event, written in the transaction that causes it, and never changed. A partition a month, by UTC.';
COMMENT ON COLUMN domain_events.tenant_id IS 'The tenant to which it happened.';
COMMENT ON COLUMN domain_events.aggregate_type IS 'What kind of thing it happened to.';
COMMENT ON COLUMN domain_events.aggregate_id IS 'The thing it happened to.';
COMMENT ON COLUMN domain_events.aggregate_version IS 'The version of the aggregate that the event led to.';
COMMENT ON COLUMN domain_events.occurred_at IS 'When it was written; of the events of an aggregate a later one is never earlier.';
COMMENT ON COLUMN domain_events.id IS 'The event, as consumers know it.';
COMMENT ON COLUMN domain_events.transaction_id IS 'Its place in the feed: the transaction that wrote it, or a later one that wrote an event before it of the same aggregate. Followers know by it that nothing before it can still be committed.';
COMMENT ON COLUMN domain_events.sequence IS 'Its place among those of the same transaction_id; of an aggregate''s events a later one has a greater one.';
COMMENT ON COLUMN domain_events.event_type IS 'The name of the event with its version, such as order.confirmed.v1.';
COMMENT ON COLUMN domain_events.type_version IS 'The version in the name.';
COMMENT ON COLUMN domain_events.priority IS 'The priority of its delivery.';
COMMENT ON COLUMN domain_events.trace_id IS 'The trace that caused it.';
COMMENT ON COLUMN domain_events.data IS 'The event itself.';

CREATE FUNCTION refuse_to_change_events() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what happened is not changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;

COMMENT ON FUNCTION refuse_to_change_events() IS 'Refuses every change of stored events, and steps back of a stream, whoever tries.';

-- Row triggers are passed on to the partitions; those of TRUNCATE are not, so each partition gets its own.
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON domain_events
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON domain_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_step_back BEFORE UPDATE ON event_streams
    FOR EACH ROW WHEN (NEW.version <= OLD.version OR NEW.last_event_at < OLD.last_event_at)
    EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_delete BEFORE DELETE ON event_streams
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON event_streams
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events();

DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON domain_events FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE DELETE, TRUNCATE ON event_streams FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

CREATE OR REPLACE FUNCTION append_event(
    p_tenant_id uuid, p_id uuid, p_partition integer, p_priority integer, p_event_type text, p_type_version integer,
    p_aggregate_type text, p_aggregate_id uuid, p_aggregate_version bigint, p_data jsonb, p_trace_id text
) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_occurred_at    timestamptz;
    v_transaction_id xid8;
BEGIN
    -- The clock is read, and this transaction may have got its number, before another writer of the stream is waited for,
    -- hence greatest(): neither by time nor in the feed does an event stand before the one it follows.
    INSERT INTO event_streams AS s (tenant_id, aggregate_type, aggregate_id, version, last_event_at, last_transaction_id)
    VALUES (p_tenant_id, p_aggregate_type, p_aggregate_id, p_aggregate_version, clock_timestamp(), pg_current_xact_id())
    ON CONFLICT (tenant_id, aggregate_type, aggregate_id) DO UPDATE
    SET version = excluded.version,
        event_count = s.event_count + 1,
        last_event_at = greatest(s.last_event_at, excluded.last_event_at),
        last_transaction_id = greatest(s.last_transaction_id, excluded.last_transaction_id)
    WHERE s.version < excluded.version
    RETURNING s.last_event_at, s.last_transaction_id INTO v_occurred_at, v_transaction_id;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    INSERT INTO domain_events (tenant_id, aggregate_type, aggregate_id, aggregate_version, occurred_at, id,
        transaction_id, event_type, type_version, priority, trace_id, data)
    VALUES (p_tenant_id, p_aggregate_type, p_aggregate_id, p_aggregate_version, v_occurred_at, p_id,
        v_transaction_id, p_event_type, p_type_version, p_priority, p_trace_id, p_data);

    INSERT INTO outbox_events (tenant_id, id, partition, priority, event_type, type_version, aggregate_type, aggregate_id,
        aggregate_version, data, trace_id, occurred_at)
    VALUES (p_tenant_id, p_id, p_partition, p_priority, p_event_type, p_type_version, p_aggregate_type, p_aggregate_id,
        p_aggregate_version, p_data, p_trace_id, v_occurred_at);
    RETURN true;
END;
$$;

COMMENT ON FUNCTION append_event(uuid, uuid, integer, integer, text, integer, text, uuid, bigint, jsonb, text) IS
    'Stores an event and puts it into the outbox. Does nothing and answers false unless its version is greater than that of the event before it. Holds the lock of the aggregate''s stream until the transaction ends.';

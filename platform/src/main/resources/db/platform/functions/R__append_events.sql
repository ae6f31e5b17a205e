CREATE OR REPLACE FUNCTION append_events(
    p_tenant_id uuid, p_ids uuid[], p_partitions integer[], p_priorities integer[], p_event_types text[],
    p_type_versions integer[], p_aggregate_types text[], p_aggregate_ids uuid[], p_aggregate_versions bigint[], p_data jsonb[],
    p_trace_ids text[]
) RETURNS SETOF uuid
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH happened AS MATERIALIZED (
        SELECT *
        FROM unnest(p_ids, p_partitions, p_priorities, p_event_types, p_type_versions, p_aggregate_types, p_aggregate_ids,
                p_aggregate_versions, p_data, p_trace_ids)
            WITH ORDINALITY AS e (id, partition, priority, event_type, type_version, aggregate_type, aggregate_id,
                aggregate_version, data, trace_id, place)
    ), heads AS (
        -- The clock is read, and this transaction may have got its number, before another writer of the stream is waited for,
        -- hence greatest(): neither by time nor in the feed does an event stand before the one it follows. Streams are
        -- locked in one order, so that two writers of several do not wait for each other.
        INSERT INTO event_streams AS s (tenant_id, aggregate_type, aggregate_id, version, last_event_at, last_transaction_id)
        SELECT p_tenant_id, h.aggregate_type, h.aggregate_id, h.aggregate_version, clock_timestamp(), pg_current_xact_id()
        FROM happened h
        ORDER BY h.aggregate_type, h.aggregate_id
        ON CONFLICT (tenant_id, aggregate_type, aggregate_id) DO UPDATE
        SET version = excluded.version,
            event_count = s.event_count + 1,
            last_event_at = greatest(s.last_event_at, excluded.last_event_at),
            last_transaction_id = greatest(s.last_transaction_id, excluded.last_transaction_id)
        WHERE s.version < excluded.version
        RETURNING s.aggregate_type, s.aggregate_id, s.last_event_at, s.last_transaction_id
    ), accepted AS MATERIALIZED (
        SELECT h.*, s.last_event_at AS occurred_at, s.last_transaction_id AS transaction_id
        FROM happened h
        JOIN heads s ON s.aggregate_type = h.aggregate_type AND s.aggregate_id = h.aggregate_id
    ), stored AS (
        INSERT INTO domain_events (tenant_id, aggregate_type, aggregate_id, aggregate_version, occurred_at, id,
            transaction_id, event_type, type_version, priority, trace_id, data)
        SELECT p_tenant_id, a.aggregate_type, a.aggregate_id, a.aggregate_version, a.occurred_at, a.id, a.transaction_id,
            a.event_type, a.type_version, a.priority, a.trace_id, a.data
        FROM accepted a
        ORDER BY a.place
    )
    INSERT INTO outbox_events AS o (tenant_id, id, partition, priority, event_type, type_version, aggregate_type,
        aggregate_id, aggregate_version, data, trace_id, occurred_at)
    SELECT p_tenant_id, a.id, a.partition, a.priority, a.event_type, a.type_version, a.aggregate_type, a.aggregate_id,
        a.aggregate_version, a.data, a.trace_id, a.occurred_at
    FROM accepted a
    ORDER BY a.place
    RETURNING o.id;
END;
$$;

COMMENT ON FUNCTION append_events(
    uuid, uuid[], integer[], integer[], text[], integer[], text[], uuid[], bigint[], jsonb[], text[]
) IS
    'Stores events, each of another aggregate, and puts them into the outbox. Answers which: those whose versions are greater than that of the event before them. Holds the locks of the aggregates'' streams until the transaction ends.';

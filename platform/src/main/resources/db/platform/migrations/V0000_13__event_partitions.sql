-- The partitions of the event store are made ahead of their months. There is no default partition: it would have to be
-- searched, under a lock, whenever a partition is added.

CREATE FUNCTION create_event_partitions(p_months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
    SET lock_timeout = '10s'
AS $$
DECLARE
    v_this_month timestamp := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC');
    v_month timestamp;
    v_name text;
    v_created integer := 0;
BEGIN
    IF p_months_ahead IS NULL OR p_months_ahead NOT BETWEEN 1 AND 24 THEN
        RAISE EXCEPTION 'partitions are made 1 to 24 months ahead, not %', p_months_ahead
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Of several nodes one creates a partition, and the others find it.
    PERFORM pg_advisory_xact_lock(hashtextextended('create_event_partitions', 0));
    -- The month before is there for a clock that is set back over midnight.
    FOR v_offset IN -1 .. p_months_ahead LOOP
        v_month := v_this_month + make_interval(months => v_offset);
        v_name := 'domain_events_p' || to_char(v_month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || v_name) IS NOT NULL;
        -- To attach a table, unlike to create it as a partition, lets readers and writers of the others go on.
        EXECUTE format('CREATE TABLE public.%I (LIKE public.domain_events INCLUDING ALL)', v_name);
        EXECUTE format('COMMENT ON TABLE public.%I IS %L', v_name, 'The events of ' || to_char(v_month, 'YYYY-MM') || '.');
        -- Whoever reads it under its own name is bound as well; nobody but its owner has a reason to.
        CALL isolate_tenants(v_name);
        EXECUTE format('REVOKE ALL ON public.%I FROM %I, %I, %I', v_name,
            service_role('app'), service_role('worker'), service_role('readonly'));
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_to_change_events()', v_name);
        EXECUTE format('ALTER TABLE public.domain_events ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            v_name, v_month AT TIME ZONE 'UTC', (v_month + interval '1 month') AT TIME ZONE 'UTC');
        v_created := v_created + 1;
    END LOOP;
    RETURN v_created;
END;
$$;

COMMENT ON FUNCTION create_event_partitions(integer) IS
    'Creates the partitions of the event store for this month and those to come that are not there yet, and says how many. Runs as the owner, since the worker creates no tables.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON FUNCTION create_event_partitions(integer) FROM %I', service_role('app'));
END;
$$;

DO $$
BEGIN
    PERFORM create_event_partitions(3);
END;
$$;

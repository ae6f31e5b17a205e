CREATE OR REPLACE FUNCTION sum_movements_of_a_day() RETURNS date
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_day date;
BEGIN
    SELECT coalesce((SELECT max(d.day) + 1 FROM inventory_analytics_days d),
                    (SELECT (min(m.created_at) AT TIME ZONE 'UTC')::date FROM inventory_movements m))
    INTO v_day;
    -- An hour later nothing is under way any more that began on the day.
    IF v_day IS NULL OR (v_day + 1) + interval '1 hour' > clock_timestamp() AT TIME ZONE 'UTC' THEN
        RETURN NULL;
    END IF;
    INSERT INTO inventory_analytics_days (day) VALUES (v_day) ON CONFLICT (day) DO NOTHING;
    IF NOT FOUND THEN
        RETURN v_day;
    END IF;

    INSERT INTO inventory_analytics (tenant_id, product_id, day, received_units, returned_units, reserved_units,
                                     released_units, sold_units, adjusted_units)
    SELECT m.tenant_id, m.product_id, v_day,
           coalesce(sum(m.available_change) FILTER (WHERE m.reference_type = 'RECEIPT'), 0),
           coalesce(sum(m.available_change) FILTER (
               WHERE m.reference_type = 'RETURN' OR m.movement_type = 'RELEASE' AND m.reserved_change = 0), 0),
           coalesce(sum(m.reserved_change) FILTER (WHERE m.movement_type = 'RESERVE'), 0),
           coalesce(-sum(m.reserved_change) FILTER (WHERE m.movement_type = 'RELEASE'), 0),
           coalesce(-sum(m.reserved_change) FILTER (WHERE m.movement_type = 'CONFIRM'), 0),
           coalesce(sum(m.available_change) FILTER (WHERE m.movement_type = 'ADJUSTMENT'), 0)
    FROM inventory_movements m
    WHERE m.created_at >= v_day::timestamp AT TIME ZONE 'UTC'
      AND m.created_at < (v_day + 1)::timestamp AT TIME ZONE 'UTC'
    GROUP BY m.tenant_id, m.product_id;
    RETURN v_day;
END;
$$;

COMMENT ON FUNCTION sum_movements_of_a_day() IS
    'Sums the movements of the first day that is over and not summed yet, of all shops, and answers which it was; NULL where there is none. Of several at once one sums, and the others wait for it.';

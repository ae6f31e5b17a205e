CREATE OR REPLACE FUNCTION put_shipping_zone(
    new_id uuid, zone_name text, zone_countries text[], zone_states text[], methods jsonb)
    RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    tenant          uuid := current_setting('app.tenant_id')::uuid;
    zone            uuid;
    zone_version    bigint;
    changed_methods integer;
    removed_methods integer;
BEGIN
    INSERT INTO shipping_zones AS z (tenant_id, id, name, countries, states)
    VALUES (tenant, new_id, zone_name, zone_countries, zone_states)
    ON CONFLICT (tenant_id, name) DO UPDATE
        SET countries = excluded.countries, states = excluded.states, version = z.version + 1, updated_at = now()
        WHERE (z.countries, z.states) IS DISTINCT FROM (excluded.countries, excluded.states)
    RETURNING z.id, z.version INTO zone, zone_version;
    IF zone IS NULL THEN
        -- The conflict has locked the row although nothing of it changes, so that writers of a zone wait for one another.
        SELECT z.id INTO STRICT zone FROM shipping_zones z WHERE z.tenant_id = tenant AND z.name = zone_name;
    END IF;

    UPDATE shipping_methods m SET is_active = false, version = m.version + 1, updated_at = now()
    WHERE m.tenant_id = tenant AND m.zone_id = zone AND m.is_active
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(methods) AS given WHERE given ->> 'name' = m.name);
    GET DIAGNOSTICS removed_methods = ROW_COUNT;

    INSERT INTO shipping_methods AS m
        (tenant_id, id, zone_id, name, carrier, price, currency, estimated_days, free_above, price_per_kg, first_kg,
         maximum_kg, sort_order)
    SELECT tenant, (given ->> 'id')::uuid, zone, given ->> 'name', given ->> 'carrier',
        (given -> 'price' ->> 'amount')::numeric, given -> 'price' ->> 'currency', (given ->> 'estimatedDays')::integer,
        (given -> 'freeAbove' ->> 'amount')::numeric, (given -> 'pricePerKg' ->> 'amount')::numeric,
        (given ->> 'firstKg')::numeric, (given ->> 'maximumKg')::numeric, n - 1
    FROM jsonb_array_elements(methods) WITH ORDINALITY AS listed(given, n)
    ON CONFLICT (tenant_id, zone_id, name) DO UPDATE
        SET (carrier, price, currency, estimated_days, free_above, price_per_kg, first_kg, maximum_kg, sort_order,
             is_active) =
            (excluded.carrier, excluded.price, excluded.currency, excluded.estimated_days, excluded.free_above,
             excluded.price_per_kg, excluded.first_kg, excluded.maximum_kg, excluded.sort_order, true),
            version = m.version + 1, updated_at = now()
        WHERE (m.carrier, m.price, m.currency, m.estimated_days, m.free_above, m.price_per_kg, m.first_kg, m.maximum_kg,
               m.sort_order, m.is_active) IS DISTINCT FROM
            (excluded.carrier, excluded.price, excluded.currency, excluded.estimated_days, excluded.free_above,
             excluded.price_per_kg, excluded.first_kg, excluded.maximum_kg, excluded.sort_order, true);
    GET DIAGNOSTICS changed_methods = ROW_COUNT;

    IF zone_version = 1 THEN
        RETURN 'created';
    ELSIF zone_version > 1 THEN
        RETURN 'updated';
    ELSIF changed_methods + removed_methods > 0 THEN
        UPDATE shipping_zones z SET version = z.version + 1, updated_at = now() WHERE z.tenant_id = tenant AND z.id = zone;
        RETURN 'updated';
    END IF;
    RETURN 'unchanged';
END;
$$;

COMMENT ON FUNCTION put_shipping_zone(uuid, text, text[], text[], jsonb) IS
    'Creates or changes a zone by name and replaces its methods: those of the same name keep their id, those not named are not offered any more. Answers created, updated or unchanged.';

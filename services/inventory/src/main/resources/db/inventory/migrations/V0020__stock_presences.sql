CREATE TABLE inventory_presences (
    tenant_id  uuid    NOT NULL,
    product_id uuid    NOT NULL,
    warehouses integer NOT NULL,
    version    bigint  NOT NULL DEFAULT 1,
    CONSTRAINT inventory_presences_pkey PRIMARY KEY (tenant_id, product_id),
    CONSTRAINT chk_inventory_presences_warehouses CHECK (warehouses >= 0),
    CONSTRAINT chk_inventory_presences_version CHECK (version > 0)
);

CALL isolate_tenants('inventory_presences');

COMMENT ON TABLE inventory_presences IS
    'What there is some of: counted by triggers on inventory, in the transaction of the movement, whenever a warehouse runs out or has some again. What never was there has no row.';
COMMENT ON COLUMN inventory_presences.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_presences.product_id IS 'What is sold: the product, or the variant.';
COMMENT ON COLUMN inventory_presences.warehouses IS 'In how many warehouses some of it is available; it is in stock while there is one.';
COMMENT ON COLUMN inventory_presences.version IS 'Counts how often it came into stock and ran out.';

CREATE FUNCTION tell_of_stock(p_tenant_id uuid, p_product_ids uuid[], p_versions bigint[], p_in_stock boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_told integer;
BEGIN
    -- The ids rise with time, as those that the program makes; the partition is the one that it would choose.
    SELECT count(*) INTO v_told
    FROM (SELECT array_agg(set_byte(
                     overlay(e.random PLACING substring(int8send(e.millis) FROM 3) FROM 1 FOR 6),
                     6, (get_byte(e.random, 6) & 15) | 112)) AS ids,
                 array_agg((get_byte(e.product, 3) # get_byte(e.product, 7) # get_byte(e.product, 11)
                            # get_byte(e.product, 15)) & 15) AS partitions,
                 array_agg(e.product_id) AS product_ids,
                 array_agg(e.version) AS versions,
                 array_agg(jsonb_build_object('soldId', e.product_id, 'inStock', p_in_stock)) AS data,
                 array_agg(replace(e.trace::text, '-', '')) AS traces,
                 count(*)::integer AS events
          FROM (SELECT s.product_id, s.version, uuid_send(s.product_id) AS product, uuid_send(gen_random_uuid()) AS random,
                       gen_random_uuid() AS trace, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS millis
                FROM unnest(p_product_ids, p_versions) AS s(product_id, version)) AS e) AS e
    CROSS JOIN LATERAL append_events(
        p_tenant_id, ARRAY(SELECT encode(i.id, 'hex')::uuid FROM unnest(e.ids) AS i(id)), e.partitions,
        array_fill(5, ARRAY[e.events]), array_fill('stock.turned.v1'::text, ARRAY[e.events]),
        array_fill(1, ARRAY[e.events]), array_fill('stock-presence'::text, ARRAY[e.events]), e.product_ids, e.versions,
        e.data, e.traces) AS told
    WHERE e.events > 0;
    IF v_told <> cardinality(p_product_ids) THEN
        RAISE EXCEPTION 'of % products that came or went, % were told of', cardinality(p_product_ids), v_told
            USING ERRCODE = 'data_corrupted';
    END IF;
END;
$$;

COMMENT ON FUNCTION tell_of_stock(uuid, uuid[], bigint[], boolean) IS
    'Appends the events that products, different ones, are in stock now, or not any more, under the locks of their presences.';

CREATE FUNCTION stock_came(p_tenant_id uuid, p_product_ids uuid[], p_warehouses integer[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_products uuid[];
    v_versions bigint[];
BEGIN
    WITH counted AS (
        INSERT INTO inventory_presences AS p (tenant_id, product_id, warehouses)
        SELECT p_tenant_id, c.product_id, c.warehouses
        FROM unnest(p_product_ids, p_warehouses) AS c(product_id, warehouses)
        ORDER BY c.product_id
        ON CONFLICT (tenant_id, product_id) DO UPDATE
        SET warehouses = p.warehouses + excluded.warehouses,
            version = p.version + CASE p.warehouses WHEN 0 THEN 1 ELSE 0 END
        RETURNING product_id, warehouses, version
    )
    SELECT coalesce(array_agg(n.product_id ORDER BY n.product_id), '{}'), array_agg(n.version ORDER BY n.product_id)
    INTO v_products, v_versions
    FROM counted n
    -- It was nowhere before.
    JOIN unnest(p_product_ids, p_warehouses) AS c(product_id, warehouses)
        ON c.product_id = n.product_id AND c.warehouses = n.warehouses;
    IF cardinality(v_products) > 0 THEN
        PERFORM tell_of_stock(p_tenant_id, v_products, v_versions, true);
    END IF;
END;
$$;

COMMENT ON FUNCTION stock_came(uuid, uuid[], integer[]) IS
    'Counts in how many more warehouses some of the products, different ones, are available, and tells of those that were nowhere before.';

CREATE FUNCTION stock_went(p_tenant_id uuid, p_product_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_warehouses integer;
    v_version    bigint;
BEGIN
    UPDATE inventory_presences p
    SET warehouses = p.warehouses - 1, version = p.version + CASE p.warehouses WHEN 1 THEN 1 ELSE 0 END
    WHERE p.tenant_id = p_tenant_id AND p.product_id = p_product_id
    RETURNING p.warehouses, p.version INTO v_warehouses, v_version;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'product % ran out and never was there', p_product_id USING ERRCODE = 'data_corrupted';
    END IF;
    IF v_warehouses = 0 THEN
        PERFORM tell_of_stock(p_tenant_id, ARRAY[p_product_id], ARRAY[v_version], false);
    END IF;
END;
$$;

COMMENT ON FUNCTION stock_went(uuid, uuid) IS
    'Counts that a warehouse has none of the product any more, and tells of it where no other one has some.';

CREATE FUNCTION count_turned_stock() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF NEW.available_quantity > 0 THEN
        PERFORM stock_came(NEW.tenant_id, ARRAY[NEW.product_id], ARRAY[1]);
    ELSE
        PERFORM stock_went(NEW.tenant_id, NEW.product_id);
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_turned_stock() IS 'Counts that a warehouse has run out of a product, or has some again.';

CREATE FUNCTION count_new_stock() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM stock_came(n.tenant_id, array_agg(n.product_id), array_agg(n.warehouses))
    FROM (SELECT r.tenant_id, r.product_id, count(*)::integer AS warehouses
          FROM new_rows r
          WHERE r.available_quantity > 0
          GROUP BY r.tenant_id, r.product_id) AS n
    GROUP BY n.tenant_id;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_new_stock() IS 'Counts the warehouses that have some of a product for the first time.';

-- Of a sale that leaves something nothing is asked but this condition.
CREATE TRIGGER inventory_turned AFTER UPDATE ON inventory
    FOR EACH ROW WHEN ((OLD.available_quantity > 0) <> (NEW.available_quantity > 0))
    EXECUTE FUNCTION count_turned_stock();
CREATE TRIGGER inventory_inserted AFTER INSERT ON inventory REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_new_stock();

-- The triggers hold up writers until this is committed, so that none is missed. Nobody is told: whoever keeps a copy asks for all.
INSERT INTO inventory_presences (tenant_id, product_id, warehouses)
SELECT tenant_id, product_id, count(*) FILTER (WHERE available_quantity > 0)
FROM inventory
GROUP BY tenant_id, product_id;

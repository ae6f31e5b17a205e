CREATE OR REPLACE FUNCTION import_products(batch jsonb)
    RETURNS TABLE (ordinal integer, product_id uuid, outcome text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    tenant   uuid := current_setting('app.tenant_id')::uuid;
    ids      uuid[];
    outcomes text[];
    changed  uuid[] := '{}';
    affected uuid[];
BEGIN
    -- It takes the lock of the shop's products.
    SELECT array_agg(u.product_id ORDER BY u.ordinal), array_agg(u.outcome ORDER BY u.ordinal) INTO ids, outcomes
    FROM upsert_products(batch, true) u
    WHERE u.outcome NOT LIKE 'unknown-%';
    IF ids IS NULL THEN
        RETURN QUERY SELECT u.ordinal, u.product_id, u.outcome FROM upsert_products(batch, true) u;
        RETURN;
    END IF;

    -- Options are replaced as a whole where they are others.
    SELECT coalesce(array_agg(ids[b.ordinal + 1]), '{}') INTO affected
    FROM jsonb_to_recordset(batch) AS b(ordinal integer, options jsonb)
    WHERE jsonb_typeof(b.options) = 'array' AND b.options IS DISTINCT FROM (
        SELECT coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'type', o.option_type, 'choices', to_jsonb(o.choices))
            ORDER BY o.sort_order), '[]')
        FROM product_options o WHERE o.tenant_id = tenant AND o.product_id = ids[b.ordinal + 1]);
    IF affected <> '{}' THEN
        DELETE FROM product_options o WHERE o.tenant_id = tenant AND o.product_id = ANY (affected);
        INSERT INTO product_options (tenant_id, product_id, name, option_type, choices, sort_order)
        SELECT tenant, ids[b.ordinal + 1], o ->> 'name', o ->> 'type',
            ARRAY(SELECT jsonb_array_elements_text(o -> 'choices')), n - 1
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, options jsonb)
        CROSS JOIN LATERAL jsonb_array_elements(b.options) WITH ORDINALITY AS given(o, n)
        WHERE ids[b.ordinal + 1] = ANY (affected);
        changed := changed || affected;
    END IF;

    -- As in set_product_variants: a combination of options tells a variant, and skus are given up before they are taken. What is
    -- there is looked up by the products first: a shop has few combinations, each of which very many variants have.
    WITH known AS MATERIALIZED (
        SELECT v.id, v.product_id, v.option_values FROM product_variants v
        WHERE v.tenant_id = tenant AND v.product_id = ANY (ids) AND v.deleted_at IS NULL
    ), given AS MATERIALIZED (
        SELECT ids[b.ordinal + 1] AS product_id, g.options
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, variants jsonb)
        CROSS JOIN LATERAL jsonb_to_recordset(b.variants) AS g(options jsonb)
        WHERE jsonb_typeof(b.variants) = 'array'
    ), gone AS (
        UPDATE product_variants v SET deleted_at = now(), updated_at = now(), version = v.version + 1
        FROM known k
        WHERE v.tenant_id = tenant AND v.id = k.id
            AND k.product_id IN (
                SELECT ids[b.ordinal + 1] FROM jsonb_to_recordset(batch) AS b(ordinal integer, variants jsonb)
                WHERE jsonb_typeof(b.variants) = 'array')
            AND NOT EXISTS (SELECT FROM given g WHERE g.product_id = k.product_id AND g.options = k.option_values)
        RETURNING v.product_id)
    SELECT coalesce(array_agg(DISTINCT g.product_id), '{}') INTO affected FROM gone g;
    changed := changed || affected;
    DELETE FROM product_prices x USING product_variants v
    WHERE x.tenant_id = tenant AND x.product_id = ANY (affected)
        AND v.tenant_id = tenant AND v.id = x.variant_id AND v.deleted_at IS NOT NULL;

    WITH known AS MATERIALIZED (
        SELECT v.* FROM product_variants v
        WHERE v.tenant_id = tenant AND v.product_id = ANY (ids) AND v.deleted_at IS NULL
    ), given AS MATERIALIZED (
        SELECT ids[b.ordinal + 1] AS product_id, g.*
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, variants jsonb)
        CROSS JOIN LATERAL jsonb_to_recordset(b.variants) AS g(ordinal integer, options jsonb, sku text, name text,
            price numeric(10, 2), compare_at_price numeric(10, 2), weight numeric(10, 3), status text)
        WHERE jsonb_typeof(b.variants) = 'array'
    ), wanted AS MATERIALIZED (
        SELECT k.id, g.sku, g.name, g.price, g.compare_at_price, g.weight, g.status, g.ordinal
        FROM known k JOIN given g ON g.product_id = k.product_id AND g.options = k.option_values
        WHERE (k.sku, k.name, k.price, k.compare_at_price, k.weight, k.status, k.sort_order) IS DISTINCT FROM
            (g.sku, g.name, g.price, g.compare_at_price, g.weight, g.status, g.ordinal)
    ), others AS (
        UPDATE product_variants v SET
            (sku, name, price, compare_at_price, weight, status, sort_order) =
            (w.sku, w.name, w.price, w.compare_at_price, w.weight, w.status, w.ordinal),
            version = v.version + 1, updated_at = now()
        FROM wanted w
        WHERE v.tenant_id = tenant AND v.id = w.id
        RETURNING v.product_id)
    SELECT coalesce(array_agg(DISTINCT g.product_id), '{}') INTO affected FROM others g;
    changed := changed || affected;

    WITH known AS MATERIALIZED (
        SELECT v.product_id, v.option_values FROM product_variants v
        WHERE v.tenant_id = tenant AND v.product_id = ANY (ids) AND v.deleted_at IS NULL
    ), given AS MATERIALIZED (
        SELECT ids[b.ordinal + 1] AS product_id, g.*
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, variants jsonb)
        CROSS JOIN LATERAL jsonb_to_recordset(b.variants) AS g(ordinal integer, id uuid, options jsonb, sku text, name text,
            price numeric(10, 2), compare_at_price numeric(10, 2), weight numeric(10, 3), status text)
        WHERE jsonb_typeof(b.variants) = 'array'
    ), new AS (
        INSERT INTO product_variants
            (tenant_id, id, product_id, sku, name, option_values, price, compare_at_price, weight, status, sort_order)
        SELECT tenant, g.id, g.product_id, g.sku, g.name, g.options, g.price, g.compare_at_price, g.weight, g.status, g.ordinal
        FROM given g
        WHERE NOT EXISTS (SELECT FROM known k WHERE k.product_id = g.product_id AND k.option_values = g.options)
        RETURNING product_id)
    SELECT coalesce(array_agg(DISTINCT g.product_id), '{}') INTO affected FROM new g;
    changed := changed || affected;

    -- Prices name their variants by sku.
    RETURN QUERY
    SELECT b.ordinal, NULL::uuid, 'unknown-variant'
    FROM jsonb_to_recordset(batch) AS b(ordinal integer, prices jsonb)
    WHERE jsonb_typeof(b.prices) = 'array' AND EXISTS (
        SELECT FROM jsonb_array_elements(b.prices) AS g(price)
        WHERE g.price ->> 'variantSku' IS NOT NULL AND NOT EXISTS (
            SELECT FROM product_variants v
            WHERE v.tenant_id = tenant AND v.product_id = ids[b.ordinal + 1] AND v.deleted_at IS NULL
                AND v.sku = g.price ->> 'variantSku'));
    IF FOUND THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(ids[b.ordinal + 1]), '{}') INTO affected
    FROM jsonb_to_recordset(batch) AS b(ordinal integer, prices jsonb)
    WHERE jsonb_typeof(b.prices) = 'array' AND NOT (b.prices = '[]' AND outcomes[b.ordinal + 1] = 'created') AND (
        SELECT array_agg(known.price ORDER BY known.price) FROM (
            SELECT (x.currency, x.price, x.starts_at, x.ends_at, v.sku)::text AS price
            FROM product_prices x
            LEFT JOIN product_variants v ON v.tenant_id = x.tenant_id AND v.id = x.variant_id
            WHERE x.tenant_id = tenant AND x.product_id = ids[b.ordinal + 1] AND v.deleted_at IS NULL) known
    ) IS DISTINCT FROM (
        SELECT array_agg(given.price ORDER BY given.price) FROM (
            SELECT (g.currency::varchar(3), g.price, g.starts_at, g.ends_at, g."variantSku"::varchar(255))::text AS price
            FROM jsonb_to_recordset(b.prices) AS g("variantSku" text, currency text, price numeric(10, 2),
                starts_at timestamptz, ends_at timestamptz)) given);
    IF affected <> '{}' THEN
        DELETE FROM product_prices x WHERE x.tenant_id = tenant AND x.product_id = ANY (affected);
        INSERT INTO product_prices (tenant_id, id, product_id, variant_id, currency, price, starts_at, ends_at)
        SELECT tenant, g.id, ids[b.ordinal + 1], v.id, g.currency, g.price, g.starts_at, g.ends_at
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, prices jsonb)
        CROSS JOIN LATERAL jsonb_to_recordset(b.prices) AS g(id uuid, "variantSku" text, currency text, price numeric(10, 2),
            starts_at timestamptz, ends_at timestamptz)
        LEFT JOIN product_variants v ON v.tenant_id = tenant AND v.product_id = ids[b.ordinal + 1] AND v.deleted_at IS NULL
            AND v.sku = g."variantSku"
        WHERE jsonb_typeof(b.prices) = 'array' AND ids[b.ordinal + 1] = ANY (affected);
        changed := changed || affected;
    END IF;

    UPDATE products p SET version = p.version + 1, updated_at = now()
    FROM unnest(ids, outcomes) AS w(id, outcome)
    WHERE w.outcome = 'unchanged' AND w.id = ANY (changed) AND p.tenant_id = tenant AND p.id = w.id;

    RETURN QUERY
    SELECT (w.n - 1)::integer, w.id,
        CASE WHEN w.outcome = 'unchanged' AND w.id = ANY (changed) THEN 'updated' ELSE w.outcome END
    FROM unnest(ids, outcomes) WITH ORDINALITY AS w(id, outcome, n);
END;
$$;

COMMENT ON FUNCTION import_products(jsonb) IS
    'As upsert_products, with all that belongs to a product: batch is [{ordinal, id, product, options, variants, prices}], of which the last three may be null and then stay as they are. Where some name what there is not, rows say so, and the caller rolls back.';

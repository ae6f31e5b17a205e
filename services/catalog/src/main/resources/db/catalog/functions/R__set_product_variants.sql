CREATE OR REPLACE FUNCTION set_product_variants(product uuid, expected_version bigint, options jsonb, variants jsonb)
    RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
BEGIN
    -- Skus are written in the same order by all of a shop, as they wait for one another.
    PERFORM pg_advisory_xact_lock(hashtext('products'), hashtext(tenant::text));
    UPDATE products p SET version = p.version + 1, updated_at = now()
    WHERE p.tenant_id = tenant AND p.id = product AND p.version = expected_version AND p.deleted_at IS NULL;
    IF NOT FOUND THEN
        RETURN CASE WHEN EXISTS (
            SELECT FROM products p WHERE p.tenant_id = tenant AND p.id = product AND p.deleted_at IS NULL)
            THEN 'stale' ELSE 'missing' END;
    END IF;

    DELETE FROM product_options o WHERE o.tenant_id = tenant AND o.product_id = product;
    INSERT INTO product_options (tenant_id, product_id, name, option_type, choices, sort_order)
    SELECT tenant, product, o ->> 'name', o ->> 'type', ARRAY(SELECT jsonb_array_elements_text(o -> 'choices')), n - 1
    FROM jsonb_array_elements(options) WITH ORDINALITY AS given(o, n);

    -- A combination of options tells a variant: one that is named no more is deleted, one that is new gets the id.
    UPDATE product_variants v SET deleted_at = now(), updated_at = now(), version = v.version + 1
    WHERE v.tenant_id = tenant AND v.product_id = product AND v.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset(variants) AS g(options jsonb) WHERE g.options = v.option_values);
    DELETE FROM product_prices x USING product_variants v
    WHERE x.tenant_id = tenant AND x.product_id = product
        AND v.tenant_id = tenant AND v.id = x.variant_id AND v.deleted_at IS NOT NULL;
    UPDATE product_variants v SET
        (sku, name, price, compare_at_price, weight, status, sort_order) =
        (g.sku, g.name, g.price, g.compare_at_price, g.weight, g.status, g.ordinal),
        version = v.version + 1, updated_at = now()
    FROM jsonb_to_recordset(variants) AS g(ordinal integer, options jsonb, sku text, name text, price numeric(10, 2),
        compare_at_price numeric(10, 2), weight numeric(10, 3), status text)
    WHERE v.tenant_id = tenant AND v.product_id = product AND v.deleted_at IS NULL AND v.option_values = g.options
        AND (v.sku, v.name, v.price, v.compare_at_price, v.weight, v.status, v.sort_order) IS DISTINCT FROM
            (g.sku, g.name, g.price, g.compare_at_price, g.weight, g.status, g.ordinal);
    -- Afterwards, so that a new one may have the sku that another has given up.
    INSERT INTO product_variants
        (tenant_id, id, product_id, sku, name, option_values, price, compare_at_price, weight, status, sort_order)
    SELECT tenant, g.id, product, g.sku, g.name, g.options, g.price, g.compare_at_price, g.weight, g.status, g.ordinal
    FROM jsonb_to_recordset(variants) AS g(ordinal integer, id uuid, options jsonb, sku text, name text,
        price numeric(10, 2), compare_at_price numeric(10, 2), weight numeric(10, 3), status text)
    WHERE NOT EXISTS (
        SELECT FROM product_variants v
        WHERE v.tenant_id = tenant AND v.product_id = product AND v.deleted_at IS NULL AND v.option_values = g.options);
    RETURN 'changed';
END;
$$;

COMMENT ON FUNCTION set_product_variants(uuid, bigint, jsonb, jsonb) IS
    'Replaces the options of a product ([{name, type, choices}]) and its variants ([{ordinal, id (of a new one), options, sku, name, price, compare_at_price, weight, status}]), if the product still has the expected version: changed, stale or missing.';

CREATE OR REPLACE FUNCTION upsert_products(batch jsonb, overwrite boolean)
    RETURNS TABLE (ordinal integer, product_id uuid, outcome text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
BEGIN
    -- Slugs are derived from those that are taken; a shop's writers wait for one another, so that none fails for it.
    PERFORM pg_advisory_xact_lock(hashtext('products'), hashtext(tenant::text));

    RETURN QUERY
    SELECT b.ordinal, NULL::uuid, u.what
    FROM jsonb_to_recordset(batch) AS b(ordinal integer, product jsonb)
    CROSS JOIN LATERAL (VALUES
        ('unknown-category', b.product ->> 'categorySlug' IS NOT NULL AND NOT EXISTS (
            SELECT FROM categories c WHERE c.tenant_id = tenant AND c.slug = b.product ->> 'categorySlug')),
        ('unknown-brand', b.product ->> 'brandSlug' IS NOT NULL AND NOT EXISTS (
            SELECT FROM brands r WHERE r.tenant_id = tenant AND r.slug = b.product ->> 'brandSlug')),
        ('unknown-manufacturer', b.product ->> 'manufacturerSlug' IS NOT NULL AND NOT EXISTS (
            SELECT FROM manufacturers m WHERE m.tenant_id = tenant AND m.slug = b.product ->> 'manufacturerSlug')),
        ('unknown-vendor', b.product ->> 'vendorId' IS NOT NULL AND NOT EXISTS (
            SELECT FROM vendors v WHERE v.tenant_id = tenant AND v.id = (b.product ->> 'vendorId')::uuid))
    ) AS u(what, applies)
    WHERE u.applies;
    IF FOUND THEN
        RETURN;
    END IF;

    IF overwrite THEN
        -- What is not given stays as it is: whoever changes one of these products now is waited for, and what they wrote is
        -- there for the statement that follows.
        PERFORM 1 FROM products p
        WHERE p.tenant_id = tenant AND p.deleted_at IS NULL
            AND p.sku = ANY (ARRAY(SELECT b.product ->> 'sku' FROM jsonb_to_recordset(batch) AS b(product jsonb)))
        ORDER BY p.sku
        FOR NO KEY UPDATE;
    END IF;

    FOR ordinal, product_id, outcome IN
    WITH given AS MATERIALIZED (
        SELECT b.ordinal, b.id, b.product ->> 'sku' AS sku, b.product, existing.id AS existing_id, existing.slug
        FROM jsonb_to_recordset(batch) AS b(ordinal integer, id uuid, product jsonb)
        LEFT JOIN products existing
            ON existing.tenant_id = tenant AND existing.sku = b.product ->> 'sku' AND existing.deleted_at IS NULL
    ), named AS (
        SELECT g.ordinal, g.id, n.by_name, n.by_name || '-' || slugify(g.sku) AS by_sku
        FROM given g CROSS JOIN LATERAL (SELECT slugify(g.product ->> 'name') AS by_name) n
        WHERE g.existing_id IS NULL
    ), ranked AS (
        SELECT n.*, row_number() OVER (PARTITION BY n.by_name ORDER BY n.ordinal) = 1 AND NOT EXISTS (
            SELECT FROM products p WHERE p.tenant_id = tenant AND p.slug = n.by_name AND p.deleted_at IS NULL)
            AND NOT EXISTS (SELECT FROM given o WHERE o.product ->> 'slug' = n.by_name)
            -- Old addresses go on leading to whom they led to; only who names such a slug takes it over.
            AND NOT EXISTS (
                SELECT FROM product_old_slugs s WHERE s.tenant_id = tenant AND s.slug = n.by_name) AS name_is_free
        FROM named n
    ), chosen AS (
        SELECT r.ordinal, CASE
            -- A vendor does not see whose names are taken by drafts of others.
            WHEN current_setting('app.principal_kind', true) = 'VENDOR' THEN r.by_sku || '-' || right(r.id::text, 12)
            WHEN r.name_is_free THEN r.by_name
            WHEN row_number() OVER (PARTITION BY r.name_is_free, r.by_sku ORDER BY r.ordinal) = 1
                AND NOT EXISTS (SELECT FROM named n WHERE n.by_name = r.by_sku)
                AND NOT EXISTS (SELECT FROM given o WHERE o.product ->> 'slug' = r.by_sku)
                AND NOT EXISTS (
                    SELECT FROM products p WHERE p.tenant_id = tenant AND p.slug = r.by_sku AND p.deleted_at IS NULL)
                AND NOT EXISTS (SELECT FROM product_old_slugs s WHERE s.tenant_id = tenant AND s.slug = r.by_sku)
            THEN r.by_sku
            ELSE r.by_sku || '-' || right(r.id::text, 12) END AS slug
        FROM ranked r
    ), written AS (
        INSERT INTO products AS p (
            tenant_id, id, sku, slug, type, name, description, short_description, price, currency, compare_at_price, cost,
            weight, tax_category, dimensions, attributes, tags, status, is_featured, category_id, brand_id, manufacturer_id,
            vendor_id, metadata)
        SELECT tenant, g.id, g.sku, coalesce(g.product ->> 'slug', g.slug, c.slug), f.*
        FROM given g
        LEFT JOIN chosen c ON c.ordinal = g.ordinal
        LEFT JOIN products o ON o.tenant_id = tenant AND o.id = g.existing_id
        -- What is not given stays as it is, or gets its default where the product is new.
        CROSS JOIN LATERAL (SELECT
            coalesce(g.product ->> 'type', o.type, 'simple'),
            g.product ->> 'name',
            coalesce(g.product ->> 'description', o.description),
            coalesce(g.product ->> 'shortDescription', o.short_description),
            (g.product -> 'price' ->> 'amount')::numeric,
            g.product -> 'price' ->> 'currency',
            coalesce((g.product -> 'compareAtPrice' ->> 'amount')::numeric, o.compare_at_price),
            coalesce((g.product -> 'cost' ->> 'amount')::numeric, o.cost),
            coalesce((g.product ->> 'weightKg')::numeric(10, 3), o.weight),
            coalesce(g.product ->> 'taxCategory', o.tax_category, 'standard'),
            coalesce(nullif(g.product -> 'dimensions', 'null'), o.dimensions),
            coalesce(nullif(g.product -> 'attributes', 'null'), o.attributes, '{}'),
            CASE WHEN jsonb_typeof(g.product -> 'tags') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(g.product -> 'tags'))
                ELSE coalesce(o.tags, '{}') END,
            coalesce(g.product ->> 'status', o.status, 'active'),
            coalesce((g.product ->> 'featured')::boolean, o.is_featured, false),
            coalesce((SELECT k.id FROM categories k
                WHERE k.tenant_id = tenant AND k.slug = g.product ->> 'categorySlug'), o.category_id),
            coalesce((SELECT k.id FROM brands k
                WHERE k.tenant_id = tenant AND k.slug = g.product ->> 'brandSlug'), o.brand_id),
            coalesce((SELECT k.id FROM manufacturers k
                WHERE k.tenant_id = tenant AND k.slug = g.product ->> 'manufacturerSlug'), o.manufacturer_id),
            coalesce((g.product ->> 'vendorId')::uuid, o.vendor_id),
            coalesce(nullif(g.product -> 'metadata', 'null'), o.metadata, '{}')) AS f
        ORDER BY g.sku
        ON CONFLICT (tenant_id, sku) WHERE deleted_at IS NULL DO UPDATE SET
            (slug, type, name, description, short_description, price, currency, compare_at_price, cost, weight,
             tax_category, dimensions, attributes, tags, status, is_featured, category_id, brand_id, manufacturer_id,
             vendor_id, metadata) =
            (excluded.slug, excluded.type, excluded.name, excluded.description, excluded.short_description, excluded.price,
             excluded.currency, excluded.compare_at_price, excluded.cost, excluded.weight, excluded.tax_category,
             excluded.dimensions, excluded.attributes, excluded.tags, excluded.status, excluded.is_featured,
             excluded.category_id, excluded.brand_id, excluded.manufacturer_id, excluded.vendor_id,
             excluded.metadata),
            version = p.version + 1,
            updated_at = now()
        WHERE overwrite AND
            (p.slug, p.type, p.name, p.description, p.short_description, p.price, p.currency, p.compare_at_price, p.cost,
             p.weight, p.tax_category, p.dimensions, p.attributes, p.tags, p.status, p.is_featured, p.category_id,
             p.brand_id, p.manufacturer_id, p.vendor_id, p.metadata) IS DISTINCT FROM
            (excluded.slug, excluded.type, excluded.name, excluded.description, excluded.short_description, excluded.price,
             excluded.currency, excluded.compare_at_price, excluded.cost, excluded.weight, excluded.tax_category,
             excluded.dimensions, excluded.attributes, excluded.tags, excluded.status, excluded.is_featured,
             excluded.category_id, excluded.brand_id, excluded.manufacturer_id, excluded.vendor_id,
             excluded.metadata)
        RETURNING p.id, p.sku, p.version
    )
    SELECT g.ordinal, coalesce(w.id, g.existing_id), CASE
        WHEN w.version = 1 THEN 'created'
        WHEN w.version > 1 THEN 'updated'
        ELSE 'unchanged' END
    FROM given g
    LEFT JOIN written w ON w.sku = g.sku
    LOOP
        IF (overwrite OR outcome = 'created') AND replace_product_parts(product_id,
            nullif(batch -> ordinal -> 'product' -> 'images', 'null'),
            nullif(batch -> ordinal -> 'product' -> 'specifications', 'null')) AND outcome = 'unchanged' THEN
            UPDATE products p SET version = p.version + 1, updated_at = now() WHERE p.tenant_id = tenant AND p.id = product_id;
            outcome := 'updated';
        END IF;
        RETURN NEXT;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION upsert_products(jsonb, boolean) IS
    'Creates or changes products by sku; batch is [{ordinal (from 0), id (of a new product), product}]. A slug is derived where a new product names none. One row for each product with the outcome created, updated or unchanged; or, when some name an unknown category, brand, manufacturer or vendor, only rows that say so, and nothing is written. Without overwrite existing products stay unchanged.';

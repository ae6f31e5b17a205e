CREATE OR REPLACE FUNCTION change_product(product uuid, expected_version bigint, change jsonb) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    tenant  uuid := current_setting('app.tenant_id')::uuid;
    cleared jsonb := coalesce(change -> 'clear', '[]');
BEGIN
    IF change ->> 'categorySlug' IS NOT NULL AND NOT EXISTS (
        SELECT FROM categories c WHERE c.tenant_id = tenant AND c.slug = change ->> 'categorySlug') THEN
        RETURN 'unknown-category';
    ELSIF change ->> 'brandSlug' IS NOT NULL AND NOT EXISTS (
        SELECT FROM brands r WHERE r.tenant_id = tenant AND r.slug = change ->> 'brandSlug') THEN
        RETURN 'unknown-brand';
    ELSIF change ->> 'manufacturerSlug' IS NOT NULL AND NOT EXISTS (
        SELECT FROM manufacturers m WHERE m.tenant_id = tenant AND m.slug = change ->> 'manufacturerSlug') THEN
        RETURN 'unknown-manufacturer';
    ELSIF change ->> 'vendorId' IS NOT NULL AND NOT EXISTS (
        SELECT FROM vendors v WHERE v.tenant_id = tenant AND v.id = (change ->> 'vendorId')::uuid) THEN
        RETURN 'unknown-vendor';
    END IF;
    IF change ->> 'slug' IS NOT NULL THEN
        -- As whoever derives slugs from those that are taken, and would else fail for this one.
        PERFORM pg_advisory_xact_lock(hashtext('products'), hashtext(tenant::text));
    END IF;

    UPDATE products p SET
        type = coalesce(change ->> 'type', p.type),
        name = coalesce(change ->> 'name', p.name),
        slug = coalesce(change ->> 'slug', p.slug),
        description = CASE WHEN NOT cleared ? 'description' THEN coalesce(change ->> 'description', p.description) END,
        short_description = CASE WHEN NOT cleared ? 'shortDescription'
            THEN coalesce(change ->> 'shortDescription', p.short_description) END,
        price = coalesce((change -> 'price' ->> 'amount')::numeric, p.price),
        currency = coalesce(change -> 'price' ->> 'currency', p.currency),
        compare_at_price = CASE WHEN NOT cleared ? 'compareAtPrice'
            THEN coalesce((change -> 'compareAtPrice' ->> 'amount')::numeric, p.compare_at_price) END,
        cost = CASE WHEN NOT cleared ? 'cost' THEN coalesce((change -> 'cost' ->> 'amount')::numeric, p.cost) END,
        weight = CASE WHEN NOT cleared ? 'weightKg' THEN coalesce((change ->> 'weightKg')::numeric, p.weight) END,
        tax_category = coalesce(change ->> 'taxCategory', p.tax_category),
        dimensions = CASE WHEN NOT cleared ? 'dimensions' THEN coalesce(nullif(change -> 'dimensions', 'null'), p.dimensions) END,
        attributes = coalesce(nullif(change -> 'attributes', 'null'), p.attributes),
        tags = CASE WHEN jsonb_typeof(change -> 'tags') = 'array'
            THEN ARRAY(SELECT jsonb_array_elements_text(change -> 'tags')) ELSE p.tags END,
        status = coalesce(change ->> 'status', p.status),
        is_featured = coalesce((change ->> 'featured')::boolean, p.is_featured),
        category_id = CASE WHEN NOT cleared ? 'categorySlug' THEN coalesce((SELECT k.id FROM categories k
            WHERE k.tenant_id = tenant AND k.slug = change ->> 'categorySlug'), p.category_id) END,
        brand_id = CASE WHEN NOT cleared ? 'brandSlug' THEN coalesce((SELECT k.id FROM brands k
            WHERE k.tenant_id = tenant AND k.slug = change ->> 'brandSlug'), p.brand_id) END,
        manufacturer_id = CASE WHEN NOT cleared ? 'manufacturerSlug' THEN coalesce((SELECT k.id FROM manufacturers k
            WHERE k.tenant_id = tenant AND k.slug = change ->> 'manufacturerSlug'), p.manufacturer_id) END,
        vendor_id = coalesce((change ->> 'vendorId')::uuid, p.vendor_id),
        metadata = coalesce(nullif(change -> 'metadata', 'null'), p.metadata),
        version = p.version + 1,
        updated_at = now()
    WHERE p.tenant_id = tenant AND p.id = product AND p.version = expected_version AND p.deleted_at IS NULL;
    IF NOT FOUND THEN
        RETURN CASE WHEN EXISTS (
            SELECT FROM products p WHERE p.tenant_id = tenant AND p.id = product AND p.deleted_at IS NULL)
            THEN 'stale' ELSE 'missing' END;
    END IF;
    PERFORM replace_product_parts(
        product, nullif(change -> 'images', 'null'), nullif(change -> 'specifications', 'null'));
    RETURN 'changed';
END;
$$;

COMMENT ON FUNCTION change_product(uuid, bigint, jsonb) IS
    'Changes what the change names, and clears what its clear names, if the product still has the expected version: changed, stale, missing or unknown-<what>.';

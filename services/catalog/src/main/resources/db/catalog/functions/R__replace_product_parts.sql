CREATE OR REPLACE FUNCTION replace_product_parts(product uuid, images jsonb, specifications jsonb) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    tenant  uuid := current_setting('app.tenant_id')::uuid;
    changed boolean := false;
BEGIN
    IF images IS NOT NULL AND (
        SELECT coalesce(jsonb_agg(jsonb_build_array(i ->> 'url', i ->> 'altText', (i ->> 'primary')::boolean) ORDER BY n), '[]')
        FROM jsonb_array_elements(images) WITH ORDINALITY AS given(i, n)
    ) IS DISTINCT FROM (
        SELECT coalesce(jsonb_agg(jsonb_build_array(p.url, p.alt_text, p.is_primary) ORDER BY p.sort_order), '[]')
        FROM product_images p WHERE p.tenant_id = tenant AND p.product_id = product
    ) THEN
        DELETE FROM product_images p WHERE p.tenant_id = tenant AND p.product_id = product;
        -- One that was sent for the product is told by its address.
        INSERT INTO product_images (tenant_id, id, product_id, url, alt_text, is_primary, sort_order, picture_id)
        SELECT tenant, (i ->> 'id')::uuid, product, i ->> 'url', i ->> 'altText', (i ->> 'primary')::boolean, n - 1,
            (SELECT k.id FROM product_pictures k
             WHERE k.tenant_id = tenant AND k.product_id = product
                AND i ->> 'url' = '/api/v1/store/images/' || k.id || '/800')
        FROM jsonb_array_elements(images) WITH ORDINALITY AS given(i, n);
        changed := true;
    END IF;

    IF specifications IS NOT NULL AND (
        SELECT coalesce(jsonb_agg(jsonb_build_array(s ->> 'name', s ->> 'value', s ->> 'type') ORDER BY n), '[]')
        FROM jsonb_array_elements(specifications) WITH ORDINALITY AS given(s, n)
    ) IS DISTINCT FROM (
        SELECT coalesce(jsonb_agg(jsonb_build_array(a.attribute_name, a.attribute_value, a.attribute_type)
            ORDER BY a.sort_order), '[]')
        FROM product_attributes a WHERE a.tenant_id = tenant AND a.product_id = product
    ) THEN
        DELETE FROM product_attributes a WHERE a.tenant_id = tenant AND a.product_id = product;
        INSERT INTO product_attributes
            (tenant_id, product_id, attribute_name, attribute_value, attribute_type, sort_order)
        SELECT tenant, product, s ->> 'name', s ->> 'value', s ->> 'type', n - 1
        FROM jsonb_array_elements(specifications) WITH ORDINALITY AS given(s, n);
        changed := true;
    END IF;
    RETURN changed;
END;
$$;

COMMENT ON FUNCTION replace_product_parts(uuid, jsonb, jsonb) IS
    'Replaces a product''s images and specifications where some are given (NULL keeps what there is) and tells whether anything changed.';

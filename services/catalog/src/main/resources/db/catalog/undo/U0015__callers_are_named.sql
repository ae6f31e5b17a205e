-- As they were: only transactions of vendors are bound.
DO $$
DECLARE
    no_vendor   text := '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''VENDOR''';
    own         text := '(select nullif(current_setting(''app.vendor_id'', true), '''')::uuid)';
    app         text := service_role('app');
    of_own      text;
    table_name  text;
BEGIN
    EXECUTE format('ALTER POLICY products_seen_by_vendors ON products TO %I
        USING (%s OR vendor_id = %s OR (status = ''active'' AND deleted_at IS NULL))', app, no_vendor, own);
    EXECUTE format('ALTER POLICY products_created_by_vendors ON products TO %I
        WITH CHECK (%s OR vendor_id = %s)', app, no_vendor, own);
    EXECUTE format('ALTER POLICY products_changed_by_vendors ON products TO %1$I
        USING (%2$s OR vendor_id = %3$s) WITH CHECK (%2$s OR vendor_id = %3$s)', app, no_vendor, own);
    EXECUTE format('ALTER POLICY products_deleted_by_vendors ON products TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);

    -- The parts of a product are written by whoever writes the product; what is the shop's, a vendor reads.
    FOREACH table_name IN ARRAY ARRAY['product_images', 'product_attributes', 'categories', 'brands', 'manufacturers',
        'vendors', 'vendor_members', 'vendor_commissions']
    LOOP
        of_own := CASE WHEN table_name LIKE 'product\_%' THEN format(
            'EXISTS (SELECT FROM products p WHERE p.tenant_id = %1$I.tenant_id AND p.id = %1$I.product_id AND p.vendor_id = %2$s)',
            table_name, own) ELSE 'false' END;
        EXECUTE format('ALTER POLICY %I ON %I TO %I WITH CHECK (%s OR %s)',
            table_name || '_created_by_vendors', table_name, app, no_vendor, of_own);
        EXECUTE format('ALTER POLICY %1$I ON %2$I TO %3$I
            USING (%4$s OR %5$s) WITH CHECK (%4$s OR %5$s)',
            table_name || '_changed_by_vendors', table_name, app, no_vendor, of_own);
        EXECUTE format('ALTER POLICY %I ON %I TO %I USING (%s OR %s)',
            table_name || '_deleted_by_vendors', table_name, app, no_vendor, of_own);
    END LOOP;

    -- Who else sells here, who works there and what they pay is none of a vendor's business.
    EXECUTE format('ALTER POLICY vendors_seen_by_vendors ON vendors TO %I
        USING (%s OR id = %s)', app, no_vendor, own);
    EXECUTE format('ALTER POLICY vendor_commissions_seen_by_vendors ON vendor_commissions TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);
    EXECUTE format('ALTER POLICY vendor_members_seen_by_vendors ON vendor_members TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);
END;
$$;

-- Whoever acts for a vendor sees what is on sale and what is the vendor's own, and writes the vendor's own only. Without a
-- vendor that is bound to the transaction nothing is anybody's own. All others are bound by their tenant alone, as before.

DO $$
DECLARE
    no_vendor   text := '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''VENDOR''';
    own         text := '(select nullif(current_setting(''app.vendor_id'', true), '''')::uuid)';
    app         text := service_role('app');
    of_own      text;
    table_name  text;
BEGIN
    EXECUTE format('CREATE POLICY products_seen_by_vendors ON products AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR vendor_id = %s OR (status = ''active'' AND deleted_at IS NULL))', app, no_vendor, own);
    EXECUTE format('CREATE POLICY products_created_by_vendors ON products AS RESTRICTIVE FOR INSERT TO %I
        WITH CHECK (%s OR vendor_id = %s)', app, no_vendor, own);
    EXECUTE format('CREATE POLICY products_changed_by_vendors ON products AS RESTRICTIVE FOR UPDATE TO %1$I
        USING (%2$s OR vendor_id = %3$s) WITH CHECK (%2$s OR vendor_id = %3$s)', app, no_vendor, own);
    EXECUTE format('CREATE POLICY products_deleted_by_vendors ON products AS RESTRICTIVE FOR DELETE TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);

    -- The parts of a product are written by whoever writes the product; what is the shop's, a vendor reads.
    FOREACH table_name IN ARRAY ARRAY['product_images', 'product_attributes', 'categories', 'brands', 'manufacturers',
        'vendors', 'vendor_members', 'vendor_commissions']
    LOOP
        of_own := CASE WHEN table_name LIKE 'product\_%' THEN format(
            'EXISTS (SELECT FROM products p WHERE p.tenant_id = %1$I.tenant_id AND p.id = %1$I.product_id AND p.vendor_id = %2$s)',
            table_name, own) ELSE 'false' END;
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR INSERT TO %I WITH CHECK (%s OR %s)',
            table_name || '_created_by_vendors', table_name, app, no_vendor, of_own);
        EXECUTE format('CREATE POLICY %1$I ON %2$I AS RESTRICTIVE FOR UPDATE TO %3$I
            USING (%4$s OR %5$s) WITH CHECK (%4$s OR %5$s)',
            table_name || '_changed_by_vendors', table_name, app, no_vendor, of_own);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR DELETE TO %I USING (%s OR %s)',
            table_name || '_deleted_by_vendors', table_name, app, no_vendor, of_own);
    END LOOP;

    -- Who else sells here, who works there and what they pay is none of a vendor's business.
    EXECUTE format('CREATE POLICY vendors_seen_by_vendors ON vendors AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR id = %s)', app, no_vendor, own);
    EXECUTE format('CREATE POLICY vendor_commissions_seen_by_vendors ON vendor_commissions AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);
    EXECUTE format('CREATE POLICY vendor_members_seen_by_vendors ON vendor_members AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR vendor_id = %s)', app, no_vendor, own);
END;
$$;

-- The catalogue is written by those who serve the whole shop, and by whoever acts for a vendor what is the vendor's. Everybody sees what
-- is on sale; drafts, vendors, who works for them and what they pay are seen by those who serve the shop, and by the vendor itself.
-- Contract: the policies keep their names; the version before asks as one of these, whatever it asks for.

DO $$
DECLARE
    the_shop    text := clause_of_the_shop();
    own         text := clause_of_the_caller('{VENDOR}', 'app.vendor_id');
    app         text := service_role('app');
    of_own      text;
    table_name  text;
BEGIN
    EXECUTE format('ALTER POLICY products_seen_by_vendors ON products TO %I
        USING (%s OR vendor_id = %s OR (status = ''active'' AND deleted_at IS NULL))', app, the_shop, own);
    EXECUTE format('ALTER POLICY products_created_by_vendors ON products TO %I
        WITH CHECK (%s OR vendor_id = %s)', app, the_shop, own);
    EXECUTE format('ALTER POLICY products_changed_by_vendors ON products TO %1$I
        USING (%2$s OR vendor_id = %3$s) WITH CHECK (%2$s OR vendor_id = %3$s)', app, the_shop, own);
    EXECUTE format('ALTER POLICY products_deleted_by_vendors ON products TO %I
        USING (%s OR vendor_id = %s)', app, the_shop, own);

    -- The parts of a product are written by whoever writes the product; what is the shop's, a vendor reads.
    FOREACH table_name IN ARRAY ARRAY['product_images', 'product_attributes', 'categories', 'brands', 'manufacturers',
        'vendors', 'vendor_members', 'vendor_commissions']
    LOOP
        of_own := CASE WHEN table_name LIKE 'product\_%' THEN format(
            'EXISTS (SELECT FROM products p WHERE p.tenant_id = %1$I.tenant_id AND p.id = %1$I.product_id AND p.vendor_id = %2$s)',
            table_name, own) ELSE 'false' END;
        EXECUTE format('ALTER POLICY %I ON %I TO %I WITH CHECK (%s OR %s)',
            table_name || '_created_by_vendors', table_name, app, the_shop, of_own);
        EXECUTE format('ALTER POLICY %1$I ON %2$I TO %3$I
            USING (%4$s OR %5$s) WITH CHECK (%4$s OR %5$s)',
            table_name || '_changed_by_vendors', table_name, app, the_shop, of_own);
        EXECUTE format('ALTER POLICY %I ON %I TO %I USING (%s OR %s)',
            table_name || '_deleted_by_vendors', table_name, app, the_shop, of_own);
    END LOOP;

    -- Who else sells here, who works there and what they pay is none of a vendor's business.
    EXECUTE format('ALTER POLICY vendors_seen_by_vendors ON vendors TO %I
        USING (%s OR id = %s)', app, the_shop, own);
    EXECUTE format('ALTER POLICY vendor_commissions_seen_by_vendors ON vendor_commissions TO %I
        USING (%s OR vendor_id = %s)', app, the_shop, own);
    EXECUTE format('ALTER POLICY vendor_members_seen_by_vendors ON vendor_members TO %I
        USING (%s OR vendor_id = %s)', app, the_shop, own);
END;
$$;

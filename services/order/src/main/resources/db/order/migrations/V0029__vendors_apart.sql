-- Whoever acts for a vendor sees the vendor's lines of orders and nothing else of them, least of all who bought and where it
-- goes, and changes nothing. All others are bound by their tenant alone, as before.

DO $$
DECLARE
    no_vendor   text := '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''VENDOR''';
    app         text := service_role('app');
    table_name  text;
BEGIN
    EXECUTE format('CREATE POLICY order_items_seen_by_vendors ON order_items AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR vendor_id = (select nullif(current_setting(''app.vendor_id'', true), '''')::uuid))', app, no_vendor);
    EXECUTE format('CREATE POLICY order_items_created_by_vendors ON order_items AS RESTRICTIVE FOR INSERT TO %I
        WITH CHECK (%s)', app, no_vendor);
    EXECUTE format('CREATE POLICY order_items_changed_by_vendors ON order_items AS RESTRICTIVE FOR UPDATE TO %1$I
        USING (%2$s) WITH CHECK (%2$s)', app, no_vendor);
    EXECUTE format('CREATE POLICY order_items_deleted_by_vendors ON order_items AS RESTRICTIVE FOR DELETE TO %I
        USING (%s)', app, no_vendor);

    FOREACH table_name IN ARRAY ARRAY['orders', 'order_addresses', 'order_status_history', 'order_tombstones', 'order_notes',
        'order_shipments', 'order_refunds', 'order_refund_items']
    LOOP
        EXECUTE format('CREATE POLICY %1$I ON %2$I AS RESTRICTIVE FOR ALL TO %3$I USING (%4$s) WITH CHECK (%4$s)',
            table_name || '_not_by_vendors', table_name, app, no_vendor);
    END LOOP;
END;
$$;

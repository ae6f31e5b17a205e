-- As they were: only transactions of customers are bound.
DO $$
DECLARE
    before record;
BEGIN
    FOR before IN SELECT * FROM (VALUES
        ('orders', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('order_items', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_items.tenant_id AND parent.id = order_items.order_id)'),
        ('order_addresses', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_addresses.tenant_id AND parent.id = order_addresses.order_id)'),
        ('order_status_history', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_status_history.tenant_id AND parent.id = order_status_history.order_id)'),
        ('order_notes', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_notes.tenant_id AND parent.id = order_notes.order_id)'),
        ('order_shipments', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_shipments.tenant_id AND parent.id = order_shipments.order_id)'),
        ('order_refunds', 'EXISTS (SELECT FROM orders parent WHERE parent.tenant_id = order_refunds.tenant_id AND parent.id = order_refunds.order_id)'),
        ('order_refund_items', 'EXISTS (SELECT FROM order_refunds parent WHERE parent.tenant_id = order_refund_items.tenant_id AND parent.id = order_refund_items.refund_id)')
    ) AS policies (on_table, own) LOOP
        EXECUTE format('DROP POLICY %I ON %I', before.on_table || '_customer', before.on_table);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR %s)',
            before.on_table || '_customer', before.on_table, service_role('app'),
            '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
            before.own);
    END LOOP;
END;
$$;

DROP POLICY order_tombstones_customer ON order_tombstones;

DO $$
DECLARE
    no_vendor   text := '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''VENDOR''';
    app         text := service_role('app');
    table_name  text;
BEGIN
    EXECUTE format('CREATE POLICY order_items_seen_by_vendors ON order_items AS RESTRICTIVE FOR SELECT TO %I
        USING (%s OR vendor_id = (select nullif(current_setting(''app.vendor_id'', true), '''')::uuid))', app, no_vendor);
    FOREACH table_name IN ARRAY ARRAY['orders', 'order_addresses', 'order_status_history', 'order_tombstones', 'order_notes',
        'order_shipments', 'order_refunds', 'order_refund_items']
    LOOP
        EXECUTE format('CREATE POLICY %1$I ON %2$I AS RESTRICTIVE FOR ALL TO %3$I USING (%4$s) WITH CHECK (%4$s)',
            table_name || '_not_by_vendors', table_name, app, no_vendor);
    END LOOP;
END;
$$;

-- As they were: only transactions of customers are bound.
DO $$
DECLARE
    before record;
BEGIN
    FOR before IN SELECT * FROM (VALUES
        ('inventory_reservations', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('inventory_reservation_lines', 'EXISTS (SELECT FROM inventory_reservations parent WHERE parent.tenant_id = inventory_reservation_lines.tenant_id AND parent.order_id = inventory_reservation_lines.order_id)'),
        ('inventory_restocks', 'EXISTS (SELECT FROM inventory_reservations parent WHERE parent.tenant_id = inventory_restocks.tenant_id AND parent.order_id = inventory_restocks.order_id)')
    ) AS policies (on_table, own) LOOP
        EXECUTE format('DROP POLICY %I ON %I', before.on_table || '_customer', before.on_table);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR %s)',
            before.on_table || '_customer', before.on_table, service_role('app'),
            '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
            before.own);
    END LOOP;
END;
$$;

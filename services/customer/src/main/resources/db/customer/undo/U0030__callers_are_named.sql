-- As they were: only transactions of customers are bound.
DO $$
DECLARE
    before record;
BEGIN
    FOR before IN SELECT * FROM (VALUES
        ('customers', 'id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('customer_addresses', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('customer_statistics', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('customer_statistics_orders', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('consent_records', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('erasures', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)')
    ) AS policies (on_table, own) LOOP
        EXECUTE format('DROP POLICY %I ON %I', before.on_table || '_customer', before.on_table);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR %s)',
            before.on_table || '_customer', before.on_table, service_role('app'),
            '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
            before.own);
    END LOOP;
END;
$$;

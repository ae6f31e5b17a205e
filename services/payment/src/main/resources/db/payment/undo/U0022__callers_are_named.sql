-- As they were: only transactions of customers are bound.
DO $$
DECLARE
    before record;
BEGIN
    FOR before IN SELECT * FROM (VALUES
        ('payments', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('payment_methods', 'customer_id = (select nullif(current_setting(''app.principal_id'', true), '''')::uuid)'),
        ('payment_events', 'EXISTS (SELECT FROM payments parent WHERE parent.tenant_id = payment_events.tenant_id AND parent.id = payment_events.payment_id)'),
        ('payment_transactions', 'EXISTS (SELECT FROM payments parent WHERE parent.tenant_id = payment_transactions.tenant_id AND parent.id = payment_transactions.payment_id)'),
        ('refunds', 'EXISTS (SELECT FROM payments parent WHERE parent.tenant_id = refunds.tenant_id AND parent.id = refunds.payment_id)')
    ) AS policies (on_table, own) LOOP
        EXECUTE format('DROP POLICY %I ON %I', before.on_table || '_customer', before.on_table);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR %s)',
            before.on_table || '_customer', before.on_table, service_role('app'),
            '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
            before.own);
    END LOOP;
END;
$$;

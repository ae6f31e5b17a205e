DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE (undone_at) ON order_withdrawals FROM %I', service_role('app'));
    EXECUTE format('GRANT UPDATE ON order_withdrawals TO %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('GRANT DELETE ON order_withdrawals, order_shipments TO %I', service_role('worker'));
END;
$$;

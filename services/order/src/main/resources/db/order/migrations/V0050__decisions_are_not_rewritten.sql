-- What was decided of units is kept as it was, but for that it was undone; parcels stay with their order, whoever writes.
DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON order_withdrawals FROM %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('GRANT UPDATE (undone_at) ON order_withdrawals TO %I', service_role('app'));
    EXECUTE format('REVOKE DELETE ON order_shipments FROM %I', service_role('worker'));
END;
$$;

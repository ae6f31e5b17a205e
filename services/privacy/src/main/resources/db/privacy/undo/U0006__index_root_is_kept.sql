DO $$
BEGIN
    EXECUTE format('GRANT DELETE ON index_root TO %I', service_role('worker'));
END;
$$;

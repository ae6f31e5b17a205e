-- The root of the blind indexes is never deleted: a new one would find nobody.

DO $$
BEGIN
    EXECUTE format('REVOKE DELETE, TRUNCATE ON index_root FROM %I', service_role('worker'));
END;
$$;

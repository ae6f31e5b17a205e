DO $$
DECLARE
    made record;
BEGIN
    FOR made IN SELECT polname, polrelid::regclass AS on_table FROM pg_policy WHERE polname LIKE '%\_by\_vendors' LOOP
        EXECUTE format('DROP POLICY %I ON %s', made.polname, made.on_table);
    END LOOP;
END;
$$;

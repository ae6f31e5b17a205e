-- Row-level security for the tables of tenants, the same in every service.

CREATE FUNCTION service_role(kind text) RETURNS text
    LANGUAGE plpgsql
    STABLE
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF current_user NOT LIKE '%\_owner' THEN
        RAISE EXCEPTION 'only the owner of a service''s database can tell its roles, not %', current_user
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN regexp_replace(current_user, '_owner$', '_' || kind);
END;
$$;

COMMENT ON FUNCTION service_role(text) IS
    'The name of this service''s role of a kind: owner, app, worker or readonly. For migrations, which run as the owner.';

CREATE PROCEDURE isolate_tenants(table_name text, tenant_column text DEFAULT 'tenant_id')
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    own_rows text := format('%I = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_column);
BEGIN
    -- A tenant that is NULL belongs to nobody, and a row of nobody is a mistake.
    IF NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = table_name::regclass AND attname = tenant_column
          AND atttypid = 'uuid'::regtype AND attnotnull AND NOT attisdropped
    ) THEN
        RAISE EXCEPTION 'table % has no column % of type uuid that is NOT NULL', table_name, tenant_column;
    END IF;

    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    -- Forced, so that the owner too has only what a policy gives it.
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);

    EXECUTE format('CREATE POLICY %I ON %I FOR ALL TO %I USING (%s) WITH CHECK (%s)',
        table_name || '_app', table_name, service_role('app'), own_rows, own_rows);
    EXECUTE format('CREATE POLICY %I ON %I FOR ALL TO %I USING (true) WITH CHECK (true)',
        table_name || '_worker', table_name, service_role('worker'));
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO %I USING (true)',
        table_name || '_readonly', table_name, service_role('readonly'));
    -- Foreign keys are checked as the owner, and migrations of data run as the owner.
    EXECUTE format('CREATE POLICY %I ON %I FOR ALL TO %I USING (true) WITH CHECK (true)',
        table_name || '_owner', table_name, service_role('owner'));
END;
$$;

COMMENT ON PROCEDURE isolate_tenants(text, text) IS
    'Lets the application role see and write the bound tenant''s rows of the table only. A partition that is read under its own name needs its own call.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON FUNCTION service_role(text) FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE ALL ON PROCEDURE isolate_tenants(text, text) FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

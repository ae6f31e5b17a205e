-- A number for each tenant that is raised whenever what cached answers are made of changes, whoever changes it.

CREATE FUNCTION raise_versions() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- The row stays locked until the end of the transaction. So a version that can be seen is that of all changes with it or
    -- with a smaller one: none of them is still to be committed. Once in a transaction is enough.
    EXECUTE format(
        'INSERT INTO %I AS v (tenant_id, raised_in)
         SELECT DISTINCT c.tenant_id, pg_current_xact_id() FROM changed_rows c ORDER BY c.tenant_id
         ON CONFLICT (tenant_id) DO UPDATE
             SET version = v.version + 1, raised_in = excluded.raised_in, changed_at = excluded.changed_at
             WHERE (v.raised_in, v.changed_at) IS DISTINCT FROM (excluded.raised_in, excluded.changed_at)',
        TG_ARGV[0]);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION raise_versions() IS
    'Raises the versions of the tenants whose rows a statement has changed, in the table that is its argument.';

CREATE PROCEDURE raise_versions_of(table_name text, versions text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- A trigger that sees the changed rows is for one kind of statement.
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed_rows
        FOR EACH STATEMENT EXECUTE FUNCTION raise_versions(%L)', table_name || '_inserted_raise_version', table_name, versions);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed_rows
        FOR EACH STATEMENT EXECUTE FUNCTION raise_versions(%L)', table_name || '_updated_raise_version', table_name, versions);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed_rows
        FOR EACH STATEMENT EXECUTE FUNCTION raise_versions(%L)', table_name || '_deleted_raise_version', table_name, versions);
END;
$$;

COMMENT ON PROCEDURE raise_versions_of(text, text) IS
    'Has every change of the table''s rows raise the versions of their tenants, which the second table holds (tenant_id, version, raised_in, changed_at).';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON PROCEDURE raise_versions_of(text, text) FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

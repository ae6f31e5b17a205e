DROP PROCEDURE keep_customers_apart_by(text, text, text, text, text);
DROP PROCEDURE keep_customers_apart(text, text, boolean, text);
DROP PROCEDURE keep_for_the_shop(text);
DROP PROCEDURE admit_callers(text, text);
DROP FUNCTION clause_of_the_caller(text[], text);
DROP FUNCTION clause_of_the_shop();

CREATE PROCEDURE keep_customers_apart(
        table_name text, customer_column text DEFAULT 'customer_id', with_rows_of_guests boolean DEFAULT false)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- A customer without an id is nobody, and sees nothing.
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR %I = %s%s)',
        table_name || '_customer', table_name, service_role('app'),
        '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
        customer_column,
        '(select nullif(current_setting(''app.principal_id'', true), '''')::uuid)',
        CASE WHEN with_rows_of_guests THEN format(' OR %I IS NULL', customer_column) ELSE '' END);
END;
$$;

COMMENT ON PROCEDURE keep_customers_apart(text, text, boolean) IS
    'Lets a transaction of a customer see and write that customer''s rows of the table only, and those of no customer where that is wanted. Comes after isolate_tenants.';

CREATE PROCEDURE keep_customers_apart_by(parent text, parent_key text, table_name text, reference_column text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s OR EXISTS ('
        'SELECT FROM %I parent WHERE parent.tenant_id = %I.tenant_id AND parent.%I = %I.%I))',
        table_name || '_customer', table_name, service_role('app'),
        '(select current_setting(''app.principal_kind'', true)) IS DISTINCT FROM ''CUSTOMER''',
        parent, table_name, parent_key, table_name, reference_column);
END;
$$;

COMMENT ON PROCEDURE keep_customers_apart_by(text, text, text, text) IS
    'Lets a transaction of a customer see and write those rows of the table only whose parent it sees.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON PROCEDURE keep_customers_apart(text, text, boolean) FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE ALL ON PROCEDURE keep_customers_apart_by(text, text, text, text) FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

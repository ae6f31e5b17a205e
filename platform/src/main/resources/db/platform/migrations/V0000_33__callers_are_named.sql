-- Whose rows a transaction sees is said the other way round: not whom a policy binds, but whom it lets through. Those who serve the
-- whole shop (staff, integrations and the platform itself) see its rows; a customer, a visitor and a vendor see their own; a
-- transaction that says nothing of its caller, or something that nobody knows, sees none.
-- Every table of V0000_32 is given its policy anew by a migration of its service. Contract: the version before logs people in as
-- visitors, who see no account from then on; no version was released that did.

CREATE FUNCTION clause_of_the_shop() RETURNS text
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    -- A subquery of its own is reckoned once a statement, and not for each row.
    SELECT '(select current_setting(''app.principal_kind'', true) IN (''STAFF'', ''INTEGRATION'', ''SYSTEM''))'
$$;

COMMENT ON FUNCTION clause_of_the_shop() IS
    'SQL for a policy: whether the transaction is of somebody who serves the whole shop. NULL, which lets nobody through, where it does not say whose it is.';

CREATE FUNCTION clause_of_the_caller(kinds text[], setting text DEFAULT 'app.principal_id') RETURNS text
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT format(
        '(select nullif(current_setting(%L, true), '''')::uuid where current_setting(''app.principal_kind'', true) = ANY (%L::text[]))',
        setting, kinds)
$$;

COMMENT ON FUNCTION clause_of_the_caller(text[], text) IS
    'SQL for a policy: who the caller is, or the vendor that it acts for, if it is of one of these kinds; NULL, which equals nothing, for all others.';

CREATE PROCEDURE admit_callers(table_name text, own_rows text DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    EXECUTE format('DROP POLICY IF EXISTS %I ON %I', table_name || '_customer', table_name);
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR ALL TO %I USING (%s%s)',
        table_name || '_customer', table_name, service_role('app'), clause_of_the_shop(), coalesce(' OR ' || own_rows, ''));
END;
$$;

COMMENT ON PROCEDURE admit_callers(text, text) IS
    'Lets those who serve the whole shop see and write the table''s rows, and others those for which own_rows, a condition in SQL, holds; nobody else. Comes after isolate_tenants, and may come again.';

CREATE PROCEDURE keep_for_the_shop(table_name text)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    CALL admit_callers(table_name);
END;
$$;

COMMENT ON PROCEDURE keep_for_the_shop(text) IS
    'Keeps customers, visitors and vendors from the table, in which nothing is theirs.';

-- With one more parameter, which those who call it with three do not notice.
DROP PROCEDURE keep_customers_apart(text, text, boolean);

CREATE PROCEDURE keep_customers_apart(
        table_name text, customer_column text DEFAULT 'customer_id', with_rows_of_guests boolean DEFAULT false,
        guest_column text DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    customer text := clause_of_the_caller('{CUSTOMER}');
    own_rows text := format('%I = %s', customer_column, customer);
BEGIN
    IF with_rows_of_guests THEN
        own_rows := own_rows || format(' OR (%I IS NULL AND %s IS NOT NULL)', customer_column, customer);
    END IF;
    IF guest_column IS NOT NULL THEN
        own_rows := own_rows || format(' OR %I = %s', guest_column, clause_of_the_caller('{GUEST}'));
    END IF;
    CALL admit_callers(table_name, own_rows);
END;
$$;

COMMENT ON PROCEDURE keep_customers_apart(text, text, boolean, text) IS
    'Lets a customer see and write that customer''s rows of the table, and those of no customer where that is wanted; a visitor those of that visitor, where a column names one; a vendor none. Comes after isolate_tenants.';

DROP PROCEDURE keep_customers_apart_by(text, text, text, text);

CREATE PROCEDURE keep_customers_apart_by(
        parent text, parent_key text, table_name text, reference_column text, vendor_column text DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    own_rows text := format('EXISTS (SELECT FROM %I parent WHERE parent.tenant_id = %I.tenant_id AND parent.%I = %I.%I)',
        parent, table_name, parent_key, table_name, reference_column);
BEGIN
    IF vendor_column IS NOT NULL THEN
        own_rows := own_rows || format(' OR %I = %s', vendor_column, clause_of_the_caller('{VENDOR}', 'app.vendor_id'));
    END IF;
    CALL admit_callers(table_name, own_rows);
END;
$$;

COMMENT ON PROCEDURE keep_customers_apart_by(text, text, text, text, text) IS
    'Lets a caller see and write those rows of the table whose parent it sees; whoever acts for a vendor also those of the vendor, where a column names one.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON FUNCTION clause_of_the_shop(), clause_of_the_caller(text[], text) FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE ALL ON PROCEDURE admit_callers(text, text), keep_for_the_shop(text),
        keep_customers_apart(text, text, boolean, text), keep_customers_apart_by(text, text, text, text, text) FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

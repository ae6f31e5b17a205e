-- Whoever has an account, as a customer or working for a vendor, sees that account and what belongs to it; visitors see none. Who is
-- about to show who they are, at registration, at log-in, with a refresh token or a token that came by mail, is looked for by the
-- platform itself (UnidentifiedCallers).

CREATE PROCEDURE keep_accounts_apart(table_name text, user_column text DEFAULT 'user_id')
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    CALL admit_callers(table_name, format('%I = %s', user_column, clause_of_the_caller('{CUSTOMER,VENDOR}')));
END;
$$;

COMMENT ON PROCEDURE keep_accounts_apart(text, text) IS
    'Lets whoever has an account see and write that account''s rows of the table only; those who serve the whole shop see all. Comes after isolate_tenants.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON PROCEDURE keep_accounts_apart(text, text) FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

CALL keep_accounts_apart('users', 'id');
CALL keep_accounts_apart('user_sessions');
CALL keep_accounts_apart('refresh_tokens');
CALL keep_accounts_apart('password_resets');
CALL keep_accounts_apart('email_verifications');
CALL keep_accounts_apart('outgoing_mails');
CALL keep_accounts_apart('second_factors');
CALL keep_accounts_apart('recovery_codes');
CALL keep_for_the_shop('second_factor_removals');
CALL keep_for_the_shop('api_keys');
CALL keep_for_the_shop('mail_requests');

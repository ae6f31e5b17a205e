DO $$
BEGIN
    EXECUTE format('REVOKE SELECT (generation, secret_id) ON signing_keys FROM %I', service_role('readonly'));
END;
$$;
ALTER TABLE second_factors DROP COLUMN secret_id;
ALTER TABLE signing_keys DROP COLUMN secret_id;

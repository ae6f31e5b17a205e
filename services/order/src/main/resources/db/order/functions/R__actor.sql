CREATE OR REPLACE FUNCTION actor_of(p_by text) RETURNS jsonb
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'kind', CASE WHEN split_part(p_by, ':', 1) IN ('GUEST', 'CUSTOMER', 'STAFF', 'VENDOR', 'INTEGRATION', 'SYSTEM')
                     THEN split_part(p_by, ':', 1) ELSE 'DATABASE' END,
        'id', nullif(split_part(p_by, ':', 2), ''))
$$;

COMMENT ON FUNCTION actor_of(text) IS
    'Who did something, as it is told: the kind of caller and its id, if any; DATABASE where it was done outside of any request';

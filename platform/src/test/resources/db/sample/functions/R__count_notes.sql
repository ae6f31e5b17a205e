CREATE OR REPLACE FUNCTION count_notes() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$ SELECT count(*) FROM notes $$;

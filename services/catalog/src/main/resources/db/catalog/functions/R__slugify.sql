CREATE OR REPLACE FUNCTION slugify(words text) RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
    SET search_path = public, pg_temp
AS $$
    -- Accents are taken off their letters; whatever then is neither a Latin letter nor a digit becomes a hyphen.
    SELECT coalesce(
        nullif(
            btrim("left"(
                btrim(regexp_replace(
                    regexp_replace(lower(normalize(words, NFKD)), '[\u0300-\u036f'']', '', 'g'),
                    '[^a-z0-9]+', '-', 'g'), '-'),
                100), '-'),
            ''),
        'product')
$$;

COMMENT ON FUNCTION slugify(text) IS
    'The words as they appear in an address: up to 100 small letters, digits and single hyphens; "product" where nothing is left.';

CREATE OR REPLACE FUNCTION refresh_statistics() RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    ANALYZE products, product_options, product_variants, catalog_skus, product_images, product_attributes, product_prices,
        price_history, product_old_slugs;
END;
$$;

COMMENT ON FUNCTION refresh_statistics() IS
    'Counts the rows of the catalogue anew for the planner: a shop that grows by much at once is else read as if it were still empty. For workers.';

DO $$
BEGIN
    REVOKE EXECUTE ON FUNCTION refresh_statistics() FROM PUBLIC;
    EXECUTE format('GRANT EXECUTE ON FUNCTION refresh_statistics() TO %I', service_role('worker'));
END;
$$;

-- Products and their variants share the skus of a shop; a table that both write to makes them unique.
CREATE TABLE catalog_skus (
    tenant_id   uuid          NOT NULL,
    sku         varchar(255)  NOT NULL,
    product_id  uuid          NOT NULL,
    variant_id  uuid,
    CONSTRAINT catalog_skus_pkey PRIMARY KEY (tenant_id, sku),
    CONSTRAINT fk_catalog_skus_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_catalog_skus_variant FOREIGN KEY (tenant_id, variant_id)
        REFERENCES product_variants (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_catalog_skus_product_id ON catalog_skus (tenant_id, product_id);
CREATE INDEX idx_catalog_skus_variant_id ON catalog_skus (tenant_id, variant_id);

COMMENT ON TABLE catalog_skus IS 'The skus of a shop''s products and variants that are not deleted, each once. Triggers keep it.';
COMMENT ON COLUMN catalog_skus.tenant_id IS 'The shop.';
COMMENT ON COLUMN catalog_skus.sku IS 'The stock keeping unit; case matters.';
COMMENT ON COLUMN catalog_skus.product_id IS 'The product that has it, or whose variant has it.';
COMMENT ON COLUMN catalog_skus.variant_id IS 'The variant that has it; NULL where the product has it itself.';

CALL isolate_tenants('catalog_skus');
-- A vendor writes the skus of its own products.
DO $$
BEGIN
    CALL admit_callers('catalog_skus', format(
        'EXISTS (SELECT FROM products p
            WHERE p.tenant_id = catalog_skus.tenant_id AND p.id = catalog_skus.product_id AND p.vendor_id = %s)',
        clause_of_the_caller('{VENDOR}', 'app.vendor_id')));
END;
$$;

CREATE FUNCTION keep_skus_of_new_products() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO catalog_skus (tenant_id, sku, product_id)
    SELECT n.tenant_id, n.sku, n.id FROM new_rows n WHERE n.deleted_at IS NULL;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_skus_of_new_products() IS 'Writes the skus of new products into catalog_skus.';

CREATE FUNCTION keep_sku_of_product() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- The skus of its variants go with a product.
    DELETE FROM catalog_skus s
    WHERE s.tenant_id = OLD.tenant_id AND s.product_id = OLD.id AND (s.variant_id IS NULL OR NEW.deleted_at IS NOT NULL);
    IF NEW.deleted_at IS NULL THEN
        INSERT INTO catalog_skus (tenant_id, sku, product_id) VALUES (NEW.tenant_id, NEW.sku, NEW.id);
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_sku_of_product() IS 'Writes the sku of a product into catalog_skus, or takes it out with those of its variants when it is deleted.';

CREATE FUNCTION keep_skus_of_variants() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- All go before any comes, so that two variants may change their skus with one another.
        DELETE FROM catalog_skus s
        WHERE (s.tenant_id, s.sku) IN (
            SELECT gone.tenant_id, gone.sku FROM (
                SELECT o.tenant_id, o.id, o.sku FROM old_rows o WHERE o.deleted_at IS NULL
                EXCEPT SELECT n.tenant_id, n.id, n.sku FROM new_rows n WHERE n.deleted_at IS NULL
            ) gone);
        INSERT INTO catalog_skus (tenant_id, sku, product_id, variant_id)
        SELECT n.tenant_id, n.sku, n.product_id, n.id FROM new_rows n WHERE n.deleted_at IS NULL
        EXCEPT SELECT o.tenant_id, o.sku, o.product_id, o.id FROM old_rows o WHERE o.deleted_at IS NULL;
        RETURN NULL;
    END IF;
    INSERT INTO catalog_skus (tenant_id, sku, product_id, variant_id)
    SELECT n.tenant_id, n.sku, n.product_id, n.id FROM new_rows n WHERE n.deleted_at IS NULL;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_skus_of_variants() IS 'Writes the skus of variants into catalog_skus.';

CREATE TRIGGER products_inserted_keep_skus AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_new_products();
CREATE TRIGGER products_updated_keep_skus AFTER UPDATE ON products
    FOR EACH ROW WHEN ((OLD.sku, OLD.deleted_at) IS DISTINCT FROM (NEW.sku, NEW.deleted_at))
    EXECUTE FUNCTION keep_sku_of_product();
CREATE TRIGGER product_variants_inserted_keep_skus AFTER INSERT ON product_variants REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_variants();
CREATE TRIGGER product_variants_updated_keep_skus AFTER UPDATE ON product_variants
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_variants();

-- The triggers hold up writers until this is committed, so that none is missed.
INSERT INTO catalog_skus (tenant_id, sku, product_id)
SELECT tenant_id, sku, id FROM products WHERE deleted_at IS NULL;

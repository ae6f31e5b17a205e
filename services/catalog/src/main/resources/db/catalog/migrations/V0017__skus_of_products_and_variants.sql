-- Products and their variants share the skus of a shop; a table that both write to makes them unique.
CREATE TABLE catalog_skus (
    tenant_id   uuid          NOT NULL,
    sku         varchar(255)  NOT NULL,
    product_id  uuid          NOT NULL,
    variant_id  uuid,
    CONSTRAINT pk_catalog_skus PRIMARY KEY (tenant_id, sku),
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

CREATE FUNCTION keep_skus_of_products() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO catalog_skus (tenant_id, sku, product_id)
        SELECT n.tenant_id, n.sku, n.id FROM new_rows n WHERE n.deleted_at IS NULL;
        RETURN NULL;
    END IF;
    -- The skus of its variants go with a product.
    DELETE FROM catalog_skus s
    USING old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE s.tenant_id = o.tenant_id AND s.product_id = o.id AND o.deleted_at IS NULL
        AND (n.deleted_at IS NOT NULL OR (s.variant_id IS NULL AND n.sku <> o.sku));
    INSERT INTO catalog_skus (tenant_id, sku, product_id)
    SELECT n.tenant_id, n.sku, n.id
    FROM old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE n.deleted_at IS NULL AND (o.deleted_at IS NOT NULL OR n.sku <> o.sku);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_skus_of_products() IS 'Writes the skus of products into catalog_skus.';

CREATE FUNCTION keep_skus_of_variants() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO catalog_skus (tenant_id, sku, product_id, variant_id)
        SELECT n.tenant_id, n.sku, n.product_id, n.id FROM new_rows n WHERE n.deleted_at IS NULL;
        RETURN NULL;
    END IF;
    DELETE FROM catalog_skus s
    USING old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE s.tenant_id = o.tenant_id AND s.variant_id = o.id AND o.deleted_at IS NULL
        AND (n.deleted_at IS NOT NULL OR n.sku <> o.sku);
    INSERT INTO catalog_skus (tenant_id, sku, product_id, variant_id)
    SELECT n.tenant_id, n.sku, n.product_id, n.id
    FROM old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE n.deleted_at IS NULL AND (o.deleted_at IS NOT NULL OR n.sku <> o.sku);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_skus_of_variants() IS 'Writes the skus of variants into catalog_skus.';

CREATE TRIGGER products_inserted_keep_skus AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_products();
CREATE TRIGGER products_updated_keep_skus AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_products();
CREATE TRIGGER product_variants_inserted_keep_skus AFTER INSERT ON product_variants REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_variants();
CREATE TRIGGER product_variants_updated_keep_skus AFTER UPDATE ON product_variants
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_skus_of_variants();

-- The triggers hold up writers until this is committed, so that none is missed.
INSERT INTO catalog_skus (tenant_id, sku, product_id)
SELECT tenant_id, sku, id FROM products WHERE deleted_at IS NULL;

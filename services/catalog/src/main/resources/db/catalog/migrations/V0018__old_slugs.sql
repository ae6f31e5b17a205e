CREATE TABLE product_old_slugs (
    tenant_id   uuid          NOT NULL,
    slug        varchar(255)  NOT NULL,
    product_id  uuid          NOT NULL,
    retired_at  timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT pk_product_old_slugs PRIMARY KEY (tenant_id, slug),
    CONSTRAINT fk_product_old_slugs_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_product_old_slugs_product_id ON product_old_slugs (tenant_id, product_id);

COMMENT ON TABLE product_old_slugs IS 'Slugs that products had before, so that old addresses lead to them. Triggers keep it; a slug that a product takes over is no old one any more.';
COMMENT ON COLUMN product_old_slugs.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_old_slugs.slug IS 'The old slug.';
COMMENT ON COLUMN product_old_slugs.product_id IS 'The product that had it last.';
COMMENT ON COLUMN product_old_slugs.retired_at IS 'When the product got another one.';

CALL isolate_tenants('product_old_slugs');
CALL raise_versions_of('product_old_slugs', 'catalog_versions');

-- Everybody may follow an old address; only those who serve the whole shop give products other ones.
DO $$
DECLARE
    the_shop  text := clause_of_the_shop();
    app       text := service_role('app');
BEGIN
    EXECUTE format('CREATE POLICY product_old_slugs_created_by_vendors ON product_old_slugs AS RESTRICTIVE FOR INSERT TO %I
        WITH CHECK (%s)', app, the_shop);
    EXECUTE format('CREATE POLICY product_old_slugs_changed_by_vendors ON product_old_slugs AS RESTRICTIVE FOR UPDATE TO %I
        USING (%s)', app, the_shop);
    EXECUTE format('CREATE POLICY product_old_slugs_deleted_by_vendors ON product_old_slugs AS RESTRICTIVE FOR DELETE TO %I
        USING (%s)', app, the_shop);
END;
$$;

CREATE FUNCTION keep_old_slugs() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        DELETE FROM product_old_slugs s
        USING new_rows n
        WHERE s.tenant_id = n.tenant_id AND s.slug = n.slug AND n.deleted_at IS NULL;
        RETURN NULL;
    END IF;
    INSERT INTO product_old_slugs (tenant_id, slug, product_id)
    SELECT o.tenant_id, o.slug, o.id
    FROM old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE o.slug <> n.slug AND o.deleted_at IS NULL AND n.deleted_at IS NULL
    ON CONFLICT (tenant_id, slug) DO UPDATE SET product_id = excluded.product_id, retired_at = excluded.retired_at;
    DELETE FROM product_old_slugs s
    USING old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
    WHERE s.tenant_id = n.tenant_id AND s.slug = n.slug AND n.deleted_at IS NULL
        AND (o.slug <> n.slug OR o.deleted_at IS NOT NULL);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_old_slugs() IS 'Writes down the slugs that products give up, and forgets those that products take.';

CREATE TRIGGER products_inserted_keep_old_slugs AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_old_slugs();
CREATE TRIGGER products_updated_keep_old_slugs AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_old_slugs();

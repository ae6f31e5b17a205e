CREATE TABLE product_old_slugs (
    tenant_id   uuid          NOT NULL,
    slug        varchar(255)  NOT NULL,
    product_id  uuid          NOT NULL,
    retired_at  timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT product_old_slugs_pkey PRIMARY KEY (tenant_id, slug),
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

CREATE FUNCTION forget_old_slugs_of_new_products() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM product_old_slugs s
    WHERE (s.tenant_id, s.slug) IN (SELECT n.tenant_id, n.slug FROM new_rows n WHERE n.deleted_at IS NULL);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION forget_old_slugs_of_new_products() IS 'Forgets the old slugs that new products take.';

CREATE FUNCTION keep_old_slug() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM product_old_slugs s WHERE s.tenant_id = NEW.tenant_id AND s.slug = NEW.slug;
    IF OLD.deleted_at IS NULL AND OLD.slug <> NEW.slug THEN
        INSERT INTO product_old_slugs (tenant_id, slug, product_id) VALUES (OLD.tenant_id, OLD.slug, OLD.id)
        ON CONFLICT (tenant_id, slug) DO UPDATE SET product_id = excluded.product_id, retired_at = excluded.retired_at;
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_old_slug() IS 'Writes down the slug that a product gives up, and forgets the one that it takes as an old one.';

CREATE TRIGGER products_inserted_keep_old_slugs AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION forget_old_slugs_of_new_products();
CREATE TRIGGER products_updated_keep_old_slugs AFTER UPDATE ON products
    FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND (OLD.slug, OLD.deleted_at) IS DISTINCT FROM (NEW.slug, NEW.deleted_at))
    EXECUTE FUNCTION keep_old_slug();

CREATE TABLE product_options (
    tenant_id    uuid          NOT NULL,
    id           bigint        GENERATED ALWAYS AS IDENTITY,
    product_id   uuid          NOT NULL,
    name         varchar(50)   NOT NULL,
    option_type  varchar(20)   NOT NULL DEFAULT 'text',
    choices      text[]        NOT NULL,
    sort_order   integer       NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_product_options_name UNIQUE (tenant_id, product_id, name),
    CONSTRAINT fk_product_options_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_options_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_product_options_type CHECK (option_type IN ('text', 'number', 'colour')),
    CONSTRAINT chk_product_options_choices CHECK (cardinality(choices) BETWEEN 1 AND 100 AND array_position(choices, NULL) IS NULL),
    CONSTRAINT chk_product_options_sort_order CHECK (sort_order >= 0)
);

COMMENT ON TABLE product_options IS 'In what the variants of a product differ, such as size and colour, in their order.';
COMMENT ON COLUMN product_options.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_options.id IS 'Identifier; it never leaves this service.';
COMMENT ON COLUMN product_options.product_id IS 'The product.';
COMMENT ON COLUMN product_options.name IS 'What is chosen, once a product.';
COMMENT ON COLUMN product_options.option_type IS 'How the choices are to be read: text, number or colour.';
COMMENT ON COLUMN product_options.choices IS 'What can be chosen, in its order, each once.';
COMMENT ON COLUMN product_options.sort_order IS 'Its place, from 0.';

CALL isolate_tenants('product_options');
CALL raise_versions_of('product_options', 'catalog_versions');

CREATE TABLE product_variants (
    tenant_id         uuid           NOT NULL,
    id                uuid           NOT NULL,
    product_id        uuid           NOT NULL,
    sku               varchar(255)   NOT NULL,
    name              varchar(1000)  NOT NULL,
    option_values     jsonb          NOT NULL,
    price             numeric(10, 2),
    compare_at_price  numeric(10, 2),
    weight            numeric(10, 3),
    status            varchar(20)    NOT NULL DEFAULT 'active',
    sort_order        integer        NOT NULL,
    version           bigint         NOT NULL DEFAULT 1,
    created_at        timestamptz    NOT NULL DEFAULT now(),
    updated_at        timestamptz    NOT NULL DEFAULT now(),
    deleted_at        timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_product_variants_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_variants_sku CHECK (btrim(sku) <> ''),
    CONSTRAINT chk_product_variants_option_values CHECK (
        jsonb_typeof(option_values) = 'object' AND option_values <> '{}' AND octet_length(option_values::text) <= 2000),
    CONSTRAINT chk_product_variants_price CHECK (price >= 0),
    CONSTRAINT chk_product_variants_compare_at_price CHECK (compare_at_price IS NULL OR coalesce(compare_at_price > price, false)),
    CONSTRAINT chk_product_variants_weight CHECK (weight >= 0),
    CONSTRAINT chk_product_variants_status CHECK (status IN ('draft', 'active', 'archived')),
    CONSTRAINT chk_product_variants_sort_order CHECK (sort_order >= 0),
    CONSTRAINT chk_product_variants_version CHECK (version > 0)
);

-- jsonb has one form for each set of names and values, whatever their order was: a combination exists once.
CREATE UNIQUE INDEX uq_product_variants_combination ON product_variants (tenant_id, product_id, option_values)
    WHERE deleted_at IS NULL;
CREATE INDEX idx_product_variants_product_id ON product_variants (tenant_id, product_id);

COMMENT ON TABLE product_variants IS 'What is sold of a product with options, each under an id of its own. Deleted variants stay, because orders refer to them.';
COMMENT ON COLUMN product_variants.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_variants.id IS 'Identifier, UUIDv7, by which stock, carts and orders know what is sold.';
COMMENT ON COLUMN product_variants.product_id IS 'The product.';
COMMENT ON COLUMN product_variants.sku IS 'Stock keeping unit, unique among the shop''s products and variants that are not deleted.';
COMMENT ON COLUMN product_variants.name IS 'The values in the order of the options, as people read them.';
COMMENT ON COLUMN product_variants.option_values IS 'The value of each option by its name.';
COMMENT ON COLUMN product_variants.price IS 'What it costs, in the product''s currency; NULL where it costs what the product costs.';
COMMENT ON COLUMN product_variants.compare_at_price IS 'What it cost before, greater than its own price.';
COMMENT ON COLUMN product_variants.weight IS 'Weight in kilograms; NULL where it weighs what the product weighs.';
COMMENT ON COLUMN product_variants.status IS 'draft, active (for sale while the product is) or archived.';
COMMENT ON COLUMN product_variants.sort_order IS 'Its place, from 0.';
COMMENT ON COLUMN product_variants.version IS 'Counts the changes.';
COMMENT ON COLUMN product_variants.created_at IS 'When the row was created.';
COMMENT ON COLUMN product_variants.updated_at IS 'When the row was last changed.';
COMMENT ON COLUMN product_variants.deleted_at IS 'When the variant was deleted; NULL while it is not.';

CALL isolate_tenants('product_variants');
CALL raise_versions_of('product_variants', 'catalog_versions');

-- Whoever acts for a vendor sees the variants of products that it sees, and writes those of its own.
DO $$
DECLARE
    the_shop    text := clause_of_the_shop();
    own         text := clause_of_the_caller('{VENDOR}', 'app.vendor_id');
    app         text := service_role('app');
    of_own      text;
    table_name  text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['product_options', 'product_variants']
    LOOP
        of_own := format(
            'EXISTS (SELECT FROM products p WHERE p.tenant_id = %1$I.tenant_id AND p.id = %1$I.product_id AND p.vendor_id = %2$s)',
            table_name, own);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR SELECT TO %I
            USING (%s OR EXISTS (SELECT FROM products p WHERE p.tenant_id = %2$I.tenant_id AND p.id = %2$I.product_id))',
            table_name || '_seen_by_vendors', table_name, app, the_shop);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR INSERT TO %I WITH CHECK (%s OR %s)',
            table_name || '_created_by_vendors', table_name, app, the_shop, of_own);
        EXECUTE format('CREATE POLICY %1$I ON %2$I AS RESTRICTIVE FOR UPDATE TO %3$I
            USING (%4$s OR %5$s) WITH CHECK (%4$s OR %5$s)',
            table_name || '_changed_by_vendors', table_name, app, the_shop, of_own);
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR DELETE TO %I USING (%s OR %s)',
            table_name || '_deleted_by_vendors', table_name, app, the_shop, of_own);
    END LOOP;
END;
$$;

CREATE FUNCTION keep_variants_complete() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    product  uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.product_id ELSE NEW.product_id END;
    tenant   uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END;
    only_one uuid := CASE WHEN TG_TABLE_NAME = 'product_variants' THEN NEW.id END;
    wrong    text;
BEGIN
    -- It runs when the transaction commits. Changes of one shop's catalogue wait for one another before that, by its version.
    SELECT v.sku INTO wrong
    FROM product_variants v
    WHERE v.tenant_id = tenant AND v.product_id = product AND v.deleted_at IS NULL AND (only_one IS NULL OR v.id = only_one)
        AND (
            EXISTS (
                SELECT FROM product_options o
                WHERE o.tenant_id = tenant AND o.product_id = product
                    AND (v.option_values ->> o.name = ANY (o.choices)) IS NOT TRUE)
            OR (SELECT count(*) FROM jsonb_object_keys(v.option_values)) <> (
                SELECT count(*) FROM product_options o WHERE o.tenant_id = tenant AND o.product_id = product))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the variant % does not have one of the choices of each option', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_product_variants_complete', TABLE = 'product_variants';
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION keep_variants_complete() IS 'Refuses a variant that leaves an option open, or has a value that cannot be chosen.';

CREATE CONSTRAINT TRIGGER product_variants_are_complete
    AFTER INSERT OR UPDATE ON product_variants
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION keep_variants_complete();
CREATE CONSTRAINT TRIGGER product_options_are_chosen
    AFTER INSERT OR UPDATE OR DELETE ON product_options
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION keep_variants_complete();

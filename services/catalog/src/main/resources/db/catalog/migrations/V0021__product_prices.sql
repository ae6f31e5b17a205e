-- With it an index excludes prices of one product whose times overlap.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TABLE product_prices (
    tenant_id   uuid            NOT NULL,
    id          uuid            NOT NULL,
    product_id  uuid            NOT NULL,
    variant_id  uuid,
    currency    varchar(3)      NOT NULL,
    price       numeric(10, 2)  NOT NULL,
    starts_at   timestamptz,
    ends_at     timestamptz,
    created_at  timestamptz     NOT NULL DEFAULT now(),
    sold_id     uuid            NOT NULL GENERATED ALWAYS AS (coalesce(variant_id, product_id)) STORED,
    during      tstzrange       NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_product_prices_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_product_prices_variant FOREIGN KEY (tenant_id, variant_id)
        REFERENCES product_variants (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_prices_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_product_prices_price CHECK (price >= 0),
    CONSTRAINT chk_product_prices_times CHECK (starts_at < ends_at),
    CONSTRAINT ex_product_prices_overlap EXCLUDE USING gist
        (tenant_id WITH =, sold_id WITH =, currency WITH =, during WITH &&) WHERE (starts_at IS NOT NULL OR ends_at IS NOT NULL)
);

CREATE UNIQUE INDEX uq_product_prices_list ON product_prices (tenant_id, sold_id, currency)
    WHERE starts_at IS NULL AND ends_at IS NULL;
CREATE INDEX idx_product_prices_sold_id ON product_prices (tenant_id, sold_id, currency);
CREATE INDEX idx_product_prices_product_id ON product_prices (tenant_id, product_id);
CREATE INDEX idx_product_prices_variant_id ON product_prices (tenant_id, variant_id);

COMMENT ON TABLE product_prices IS 'Prices besides the one of products and variants: for a time, and in other currencies.';
COMMENT ON COLUMN product_prices.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_prices.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN product_prices.product_id IS 'The product.';
COMMENT ON COLUMN product_prices.variant_id IS 'The variant that has this price; NULL where the product has it.';
COMMENT ON COLUMN product_prices.currency IS 'ISO 4217 code.';
COMMENT ON COLUMN product_prices.price IS 'What it costs.';
COMMENT ON COLUMN product_prices.starts_at IS 'From when on; NULL for always.';
COMMENT ON COLUMN product_prices.ends_at IS 'Until when, which is not included; NULL for ever. With neither it is the price in this currency whenever no other is.';
COMMENT ON COLUMN product_prices.created_at IS 'When the row was created.';
COMMENT ON COLUMN product_prices.sold_id IS 'What is sold at this price: the variant, else the product.';
COMMENT ON COLUMN product_prices.during IS 'From starts_at until ends_at.';

CALL isolate_tenants('product_prices');
CALL raise_versions_of('product_prices', 'catalog_versions');

-- What is to come is known to those who serve the shop, and to the vendor of the product.
DO $$
BEGIN
    CALL admit_callers('product_prices', format(
        'EXISTS (SELECT FROM products p
            WHERE p.tenant_id = product_prices.tenant_id AND p.id = product_prices.product_id AND p.vendor_id = %s)',
        clause_of_the_caller('{VENDOR}', 'app.vendor_id')));
END;
$$;

CREATE FUNCTION price_at(
        tenant uuid, product uuid, variant uuid, wanted text, moment timestamptz, OUT price numeric, OUT regular numeric)
    LANGUAGE plpgsql
    STABLE
    SET search_path = public, pg_temp
AS $$
DECLARE
    base       record;
    sold       uuid;
    scheduled  numeric;
    listed     numeric;
    compared   numeric;
BEGIN
    SELECT p.currency, p.price, p.compare_at_price, v.price AS own_price, v.compare_at_price AS own_compare_at_price,
        EXISTS (SELECT FROM product_prices x WHERE x.tenant_id = tenant AND x.product_id = product) AS has_others INTO base
    FROM products p LEFT JOIN product_variants v ON v.tenant_id = p.tenant_id AND v.id = variant
    WHERE p.tenant_id = tenant AND p.id = product;
    IF NOT base.has_others THEN
        IF wanted = base.currency THEN
            price := coalesce(base.own_price, base.price);
            regular := CASE WHEN base.own_price IS NULL THEN base.compare_at_price ELSE base.own_compare_at_price END;
        END IF;
        RETURN;
    END IF;
    -- A variant's own price comes before the product's, whether it is for a time or for ever.
    FOREACH sold IN ARRAY ARRAY[variant, product] LOOP
        CONTINUE WHEN sold IS NULL;
        compared := NULL;
        SELECT s.price INTO scheduled FROM product_prices s
        WHERE s.tenant_id = tenant AND s.sold_id = sold AND s.currency = wanted AND s.during @> moment
            AND (s.starts_at IS NOT NULL OR s.ends_at IS NOT NULL);
        IF wanted <> base.currency THEN
            SELECT s.price INTO listed FROM product_prices s
            WHERE s.tenant_id = tenant AND s.sold_id = sold AND s.currency = wanted
                AND s.starts_at IS NULL AND s.ends_at IS NULL;
        ELSIF sold = variant THEN
            listed := base.own_price;
            compared := base.own_compare_at_price;
        ELSE
            listed := base.price;
            compared := base.compare_at_price;
        END IF;
        price := coalesce(scheduled, listed);
        IF price IS NOT NULL THEN
            regular := CASE WHEN scheduled IS NULL THEN compared WHEN listed > scheduled THEN listed END;
            RETURN;
        END IF;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION price_at(uuid, uuid, uuid, text, timestamptz) IS
    'What a product, or a variant of it, costs at a moment in a currency, and the greater price that it is reduced from, if it is. This alone decides which price applies.';

-- The reconciler compares the history of prices with what applies.
DO $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION price_at(uuid, uuid, uuid, text, timestamptz) TO %I', service_role('readonly'));
END;
$$;

CREATE FUNCTION price_in(
        tenant uuid, product uuid, wanted text, moment timestamptz, OUT code text, OUT price numeric, OUT regular numeric)
    LANGUAGE plpgsql
    STABLE
    SET search_path = public, pg_temp
AS $$
DECLARE
    own text := (SELECT p.currency FROM products p WHERE p.tenant_id = tenant AND p.id = product);
BEGIN
    code := coalesce(wanted, own);
    SELECT a.price, a.regular INTO price, regular FROM price_at(tenant, product, NULL, code, moment) a;
    IF price IS NULL AND code <> own THEN
        code := own;
        SELECT a.price, a.regular INTO price, regular FROM price_at(tenant, product, NULL, own, moment) a;
    END IF;
END;
$$;

COMMENT ON FUNCTION price_in(uuid, uuid, text, timestamptz) IS
    'As price_at, for a product: in the currency that is wanted, or in the product''s own where it has no price in that one, or none is wanted.';

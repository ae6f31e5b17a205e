CREATE TABLE products (
    tenant_id         uuid           NOT NULL,
    id                uuid           NOT NULL,
    sku               varchar(255)   NOT NULL,
    slug              varchar(255)   NOT NULL,
    type              varchar(20)    NOT NULL DEFAULT 'simple',
    name              varchar(500)   NOT NULL,
    description       text,
    short_description text,
    price             numeric(10, 2) NOT NULL,
    currency          varchar(3)     NOT NULL,
    compare_at_price  numeric(10, 2),
    cost              numeric(10, 2),
    weight            numeric(10, 3),
    dimensions        jsonb,
    attributes        jsonb          NOT NULL DEFAULT '{}',
    tags              text[]         NOT NULL DEFAULT '{}',
    status            varchar(20)    NOT NULL DEFAULT 'active',
    is_featured       boolean        NOT NULL DEFAULT false,
    category_id       uuid,
    brand_id          uuid,
    manufacturer_id   uuid,
    vendor_id         uuid,
    metadata          jsonb          NOT NULL DEFAULT '{}',
    version           bigint         NOT NULL DEFAULT 1,
    created_at        timestamptz    NOT NULL DEFAULT now(),
    updated_at        timestamptz    NOT NULL DEFAULT now(),
    deleted_at        timestamptz,
    search_vector     tsvector       NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', coalesce(description, '')), 'B')
    ) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_products_category FOREIGN KEY (tenant_id, category_id)
        REFERENCES categories (tenant_id, id) ON DELETE SET NULL (category_id),
    CONSTRAINT fk_products_brand FOREIGN KEY (tenant_id, brand_id)
        REFERENCES brands (tenant_id, id) ON DELETE SET NULL (brand_id),
    CONSTRAINT fk_products_manufacturer FOREIGN KEY (tenant_id, manufacturer_id)
        REFERENCES manufacturers (tenant_id, id) ON DELETE SET NULL (manufacturer_id),
    CONSTRAINT chk_products_sku CHECK (btrim(sku) <> ''),
    CONSTRAINT chk_products_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT chk_products_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_products_type CHECK (type IN ('simple', 'configurable', 'service')),
    CONSTRAINT chk_products_status CHECK (status IN ('draft', 'active', 'archived')),
    CONSTRAINT chk_products_price CHECK (price >= 0),
    CONSTRAINT chk_products_compare_at_price CHECK (compare_at_price > price),
    CONSTRAINT chk_products_cost CHECK (cost >= 0),
    CONSTRAINT chk_products_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_products_weight CHECK (weight >= 0),
    CONSTRAINT chk_products_dimensions CHECK (jsonb_typeof(dimensions) = 'object'),
    CONSTRAINT chk_products_attributes CHECK (jsonb_typeof(attributes) = 'object'),
    CONSTRAINT chk_products_metadata CHECK (jsonb_typeof(metadata) = 'object'),
    CONSTRAINT chk_products_version CHECK (version > 0)
);

-- Stock keeping units differ by case in real catalogues, so they are compared as they are written.
CREATE UNIQUE INDEX uq_products_sku ON products (tenant_id, sku) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX uq_products_slug ON products (tenant_id, slug) WHERE deleted_at IS NULL;

-- One index for each order of the store's listing.
CREATE INDEX idx_products_created_at_id ON products (tenant_id, created_at, id)
    WHERE deleted_at IS NULL AND status = 'active';
CREATE INDEX idx_products_price_id ON products (tenant_id, price, id)
    WHERE deleted_at IS NULL AND status = 'active';
CREATE INDEX idx_products_name_id ON products (tenant_id, "left"(lower(name), 100), id)
    WHERE deleted_at IS NULL AND status = 'active';

CREATE INDEX idx_products_category_id ON products (tenant_id, category_id);
CREATE INDEX idx_products_brand_id ON products (tenant_id, brand_id);
CREATE INDEX idx_products_manufacturer_id ON products (tenant_id, manufacturer_id);

-- Each column can be searched alone: words, parts of names and numbers, tags.
CREATE INDEX idx_products_search ON products
    USING gin (tenant_id, search_vector, name gin_trgm_ops, sku gin_trgm_ops, tags)
    WHERE deleted_at IS NULL AND status = 'active';

COMMENT ON TABLE products IS 'What shops sell. Deleted products stay, because orders refer to them.';
COMMENT ON COLUMN products.tenant_id IS 'The shop.';
COMMENT ON COLUMN products.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN products.sku IS 'Stock keeping unit, unique among the products of the shop that are not deleted; case matters.';
COMMENT ON COLUMN products.slug IS 'The name in addresses, unique among the products of the shop that are not deleted; it stays when the name changes.';
COMMENT ON COLUMN products.type IS 'simple, configurable or service (not sent, without stock).';
COMMENT ON COLUMN products.name IS 'The name as people read it.';
COMMENT ON COLUMN products.description IS 'The whole description.';
COMMENT ON COLUMN products.short_description IS 'The description in a sentence, for lists.';
COMMENT ON COLUMN products.price IS 'What it costs.';
COMMENT ON COLUMN products.currency IS 'ISO 4217 code of price, compare_at_price and cost.';
COMMENT ON COLUMN products.compare_at_price IS 'What it cost before, greater than the price.';
COMMENT ON COLUMN products.cost IS 'What the shop pays for it; customers never see it.';
COMMENT ON COLUMN products.weight IS 'Weight in kilograms.';
COMMENT ON COLUMN products.dimensions IS 'lengthCm, widthCm and heightCm.';
COMMENT ON COLUMN products.attributes IS 'Properties by name, such as colour, for filters.';
COMMENT ON COLUMN products.tags IS 'Words by which the shop groups products.';
COMMENT ON COLUMN products.status IS 'draft, active (for sale) or archived.';
COMMENT ON COLUMN products.is_featured IS 'Whether the store puts it in front.';
COMMENT ON COLUMN products.category_id IS 'Its category.';
COMMENT ON COLUMN products.brand_id IS 'Its brand.';
COMMENT ON COLUMN products.manufacturer_id IS 'Who makes it.';
COMMENT ON COLUMN products.vendor_id IS 'The vendor of a marketplace who sells it; a user of the auth service.';
COMMENT ON COLUMN products.metadata IS 'Whatever integrations keep here.';
COMMENT ON COLUMN products.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN products.created_at IS 'When the row was created.';
COMMENT ON COLUMN products.updated_at IS 'When the row was last changed.';
COMMENT ON COLUMN products.deleted_at IS 'When the product was deleted; NULL while it is not.';
COMMENT ON COLUMN products.search_vector IS 'The words of name and description.';

CALL isolate_tenants('products');

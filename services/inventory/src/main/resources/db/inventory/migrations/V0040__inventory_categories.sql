CREATE TABLE inventory_categories (
    tenant_id        uuid         NOT NULL,
    id               uuid         NOT NULL,
    code             varchar(64)  NOT NULL,
    name             varchar(255) NOT NULL,
    reorder_point    integer      NOT NULL DEFAULT 0,
    reorder_quantity integer      NOT NULL DEFAULT 0,
    version          bigint       NOT NULL DEFAULT 1,
    created_at       timestamptz  NOT NULL DEFAULT clock_timestamp(),
    updated_at       timestamptz  NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_categories_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_inventory_categories_code UNIQUE (tenant_id, code),
    CONSTRAINT chk_inventory_categories_code CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
    CONSTRAINT chk_inventory_categories_name CHECK (name = btrim(name) AND name <> ''),
    CONSTRAINT chk_inventory_categories_reorder CHECK (reorder_point >= 0 AND reorder_quantity >= 0)
);

CREATE TABLE inventory_category_products (
    tenant_id   uuid        NOT NULL,
    product_id  uuid        NOT NULL,
    category_id uuid,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_category_products_pkey PRIMARY KEY (tenant_id, product_id),
    CONSTRAINT fk_inventory_category_products_category FOREIGN KEY (tenant_id, category_id)
        REFERENCES inventory_categories (tenant_id, id) ON DELETE NO ACTION
);

CREATE INDEX idx_inventory_category_products_category_id
    ON inventory_category_products (tenant_id, category_id, product_id);

CALL isolate_tenants('inventory_categories');
CALL isolate_tenants('inventory_category_products');
CALL keep_for_the_shop('inventory_categories');
CALL keep_for_the_shop('inventory_category_products');

COMMENT ON TABLE inventory_categories IS
    'By which a shop sorts what it keeps in stock, other than what it shows in its catalog. Never deleted.';
COMMENT ON COLUMN inventory_categories.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_categories.id IS 'The category.';
COMMENT ON COLUMN inventory_categories.code IS 'How the shop calls it in short, unique in the shop.';
COMMENT ON COLUMN inventory_categories.name IS 'How people call it.';
COMMENT ON COLUMN inventory_categories.reorder_point IS
    'At how many available units more should be ordered of its products, where a record of stock has no reorder point of its own; 0 for never.';
COMMENT ON COLUMN inventory_categories.reorder_quantity IS 'How many units should then be ordered.';
COMMENT ON COLUMN inventory_categories.version IS 'Counts the changes.';
COMMENT ON COLUMN inventory_categories.created_at IS 'When it was made.';
COMMENT ON COLUMN inventory_categories.updated_at IS 'When it last changed.';
COMMENT ON TABLE inventory_category_products IS 'In which category a product is: one at most.';
COMMENT ON COLUMN inventory_category_products.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_category_products.product_id IS 'The product in the catalog; no foreign key, it lives in another database.';
COMMENT ON COLUMN inventory_category_products.category_id IS 'The category, NULL where it was taken out and put into none.';
COMMENT ON COLUMN inventory_category_products.changed_at IS 'When it was put there, or taken out.';

CREATE TABLE product_images (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    product_id  uuid          NOT NULL,
    url         varchar(500)  NOT NULL,
    alt_text    varchar(255),
    is_primary  boolean       NOT NULL DEFAULT false,
    sort_order  integer       NOT NULL,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_product_images_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_images_url CHECK (btrim(url) <> ''),
    CONSTRAINT chk_product_images_sort_order CHECK (sort_order >= 0)
);

CREATE INDEX idx_product_images_product_id_sort_order ON product_images (tenant_id, product_id, sort_order);
CREATE UNIQUE INDEX uq_product_images_primary ON product_images (tenant_id, product_id) WHERE is_primary;

COMMENT ON TABLE product_images IS 'Pictures of products.';
COMMENT ON COLUMN product_images.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_images.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN product_images.product_id IS 'The product.';
COMMENT ON COLUMN product_images.url IS 'Where the picture is.';
COMMENT ON COLUMN product_images.alt_text IS 'What the picture shows, for those who cannot see it.';
COMMENT ON COLUMN product_images.is_primary IS 'Whether lists and carts show it; at most one of a product.';
COMMENT ON COLUMN product_images.sort_order IS 'Its place, from 0.';
COMMENT ON COLUMN product_images.created_at IS 'When the row was created.';

CALL isolate_tenants('product_images');

CREATE TABLE product_attributes (
    tenant_id       uuid          NOT NULL,
    id              bigint        GENERATED ALWAYS AS IDENTITY,
    product_id      uuid          NOT NULL,
    attribute_name  varchar(100)  NOT NULL,
    attribute_value text          NOT NULL,
    attribute_type  varchar(20)   NOT NULL DEFAULT 'text',
    sort_order      integer       NOT NULL,
    created_at      timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_product_attributes_name UNIQUE (tenant_id, product_id, attribute_name),
    CONSTRAINT fk_product_attributes_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_attributes_name CHECK (btrim(attribute_name) <> ''),
    CONSTRAINT chk_product_attributes_type CHECK (attribute_type IN ('text', 'number', 'boolean', 'date', 'url')),
    CONSTRAINT chk_product_attributes_sort_order CHECK (sort_order >= 0)
);

COMMENT ON TABLE product_attributes IS 'The specifications that a product page lists, in their order.';
COMMENT ON COLUMN product_attributes.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_attributes.id IS 'Identifier; it never leaves this service.';
COMMENT ON COLUMN product_attributes.product_id IS 'The product.';
COMMENT ON COLUMN product_attributes.attribute_name IS 'What is specified, once a product.';
COMMENT ON COLUMN product_attributes.attribute_value IS 'The value as text.';
COMMENT ON COLUMN product_attributes.attribute_type IS 'How the value is to be read: text, number, boolean, date or url.';
COMMENT ON COLUMN product_attributes.sort_order IS 'Its place, from 0.';
COMMENT ON COLUMN product_attributes.created_at IS 'When the row was created.';

CALL isolate_tenants('product_attributes');

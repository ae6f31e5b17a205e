-- The lines of orders, with everything as it was when the order was placed.

CREATE TABLE order_items (
    tenant_id       uuid           NOT NULL,
    id              uuid           NOT NULL,
    order_id        uuid           NOT NULL,
    line_number     integer        NOT NULL,
    product_id      uuid           NOT NULL,
    sku             text           NOT NULL,
    name            text           NOT NULL,
    image_url       text,
    quantity        integer        NOT NULL,
    unit_price      numeric(10, 2) NOT NULL,
    total_price     numeric(10, 2) NOT NULL,
    discount_amount numeric(10, 2) NOT NULL DEFAULT 0,
    tax_amount      numeric(10, 2) NOT NULL DEFAULT 0,
    metadata        jsonb          NOT NULL DEFAULT '{}',
    CONSTRAINT order_items_pkey PRIMARY KEY (tenant_id, id),
    -- A product may stand on several lines, at different prices.
    CONSTRAINT uq_order_items_line_number UNIQUE (tenant_id, order_id, line_number),
    CONSTRAINT fk_order_items_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_items_line_number CHECK (line_number > 0),
    CONSTRAINT chk_order_items_quantity CHECK (quantity > 0),
    CONSTRAINT chk_order_items_unit_price CHECK (unit_price >= 0),
    CONSTRAINT chk_order_items_total_price CHECK (total_price = unit_price * quantity),
    CONSTRAINT chk_order_items_discount_amount CHECK (discount_amount BETWEEN 0 AND total_price),
    CONSTRAINT chk_order_items_tax_amount CHECK (tax_amount >= 0)
);

CREATE INDEX idx_order_items_product_id ON order_items (tenant_id, product_id);

CALL isolate_tenants('order_items');

COMMENT ON TABLE order_items IS 'Lines of orders, as they were when the order was placed';
COMMENT ON COLUMN order_items.tenant_id IS 'The shop';
COMMENT ON COLUMN order_items.id IS 'The line';
COMMENT ON COLUMN order_items.order_id IS 'The order';
COMMENT ON COLUMN order_items.line_number IS 'Position in the order, from 1';
COMMENT ON COLUMN order_items.product_id IS 'The product in the catalog service';
COMMENT ON COLUMN order_items.sku IS 'Its article number then';
COMMENT ON COLUMN order_items.name IS 'Its name then';
COMMENT ON COLUMN order_items.image_url IS 'Its image then';
COMMENT ON COLUMN order_items.quantity IS 'Units';
COMMENT ON COLUMN order_items.unit_price IS 'Price of a unit in the currency of the order';
COMMENT ON COLUMN order_items.total_price IS 'Unit price times quantity, before discount and tax';
COMMENT ON COLUMN order_items.discount_amount IS 'The share of the line in the discount of the order';
COMMENT ON COLUMN order_items.tax_amount IS 'The share of the line in the tax of the order';
COMMENT ON COLUMN order_items.metadata IS 'Whatever a shop keeps with a line';

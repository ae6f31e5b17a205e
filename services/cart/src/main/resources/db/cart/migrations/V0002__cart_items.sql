CREATE TABLE cart_items (
    tenant_id   uuid           NOT NULL,
    cart_id     uuid           NOT NULL,
    product_id  uuid           NOT NULL,
    quantity    integer        NOT NULL,
    unit_price  numeric(10, 2) NOT NULL,
    added_at    timestamptz    NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, cart_id, product_id),
    CONSTRAINT fk_cart_items_cart FOREIGN KEY (tenant_id, cart_id) REFERENCES carts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_cart_items_quantity CHECK (quantity BETWEEN 1 AND 999999),
    CONSTRAINT chk_cart_items_unit_price CHECK (unit_price >= 0)
);

COMMENT ON TABLE cart_items IS 'The products in a cart, each once. Removed items are deleted.';
COMMENT ON COLUMN cart_items.tenant_id IS 'The shop.';
COMMENT ON COLUMN cart_items.cart_id IS 'The cart.';
COMMENT ON COLUMN cart_items.product_id IS 'What is to be bought; the catalogue knows it.';
COMMENT ON COLUMN cart_items.quantity IS 'How many units, 1 to 999,999.';
COMMENT ON COLUMN cart_items.unit_price IS 'The price when the product was last put into the cart, in the cart''s currency.';
COMMENT ON COLUMN cart_items.added_at IS 'When the product was first put into the cart; the order of the items.';
COMMENT ON COLUMN cart_items.updated_at IS 'When the item was last changed.';

CALL isolate_tenants('cart_items');

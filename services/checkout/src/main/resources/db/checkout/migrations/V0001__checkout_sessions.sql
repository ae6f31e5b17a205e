-- What a buyer is about to order: a snapshot of the goods, where they go, how they are sent and what it all costs.

CREATE TABLE checkout_sessions (
    tenant_id            uuid           NOT NULL,
    id                   uuid           NOT NULL,
    customer_id          uuid,
    guest_id             uuid,
    email                text           NOT NULL,
    cart_id              uuid,
    cart_version         bigint,
    cart_conversion_due  boolean        NOT NULL DEFAULT false,
    status               text           NOT NULL DEFAULT 'OPEN',
    lines                jsonb          NOT NULL,
    shipping_address     jsonb          NOT NULL,
    billing_address      jsonb          NOT NULL,
    shipping_options     jsonb          NOT NULL,
    shipping_method_id   uuid,
    shipping_method_name text,
    payment_method_type  text,
    payment_token        text,
    currency             text           NOT NULL,
    subtotal             numeric(10, 2) NOT NULL,
    tax_amount           numeric(10, 2) NOT NULL DEFAULT 0,
    shipping_amount      numeric(10, 2) NOT NULL DEFAULT 0,
    discount_amount      numeric(10, 2) NOT NULL DEFAULT 0,
    total_amount         numeric(10, 2) NOT NULL,
    placed_at            timestamptz,
    external_reference   text,
    order_id             uuid,
    order_number         text,
    last_refusal         text,
    metadata             jsonb          NOT NULL DEFAULT '{}',
    created_at           timestamptz    NOT NULL DEFAULT now(),
    updated_at           timestamptz    NOT NULL DEFAULT now(),
    expires_at           timestamptz    NOT NULL,
    completed_at         timestamptz,
    version              bigint         NOT NULL DEFAULT 1,
    CONSTRAINT checkout_sessions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_checkout_sessions_status CHECK (status IN ('OPEN', 'COMPLETING', 'COMPLETED', 'EXPIRED')),
    CONSTRAINT chk_checkout_sessions_buyer CHECK (num_nonnulls(customer_id, guest_id) <= 1),
    CONSTRAINT chk_checkout_sessions_email CHECK (length(email) BETWEEN 3 AND 320),
    CONSTRAINT chk_checkout_sessions_cart CHECK ((cart_id IS NULL) = (cart_version IS NULL)),
    CONSTRAINT chk_checkout_sessions_cart_conversion_due CHECK
        (NOT cart_conversion_due OR (cart_id IS NOT NULL AND status = 'COMPLETED')),
    CONSTRAINT chk_checkout_sessions_lines CHECK
        (jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) BETWEEN 1 AND 10000),
    CONSTRAINT chk_checkout_sessions_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_checkout_sessions_amounts CHECK
        (subtotal >= 0 AND tax_amount >= 0 AND shipping_amount >= 0 AND discount_amount >= 0 AND total_amount >= 0),
    CONSTRAINT chk_checkout_sessions_total CHECK
        (total_amount = subtotal + tax_amount + shipping_amount - discount_amount),
    CONSTRAINT chk_checkout_sessions_order CHECK
        ((status IN ('COMPLETING', 'COMPLETED')) = (order_id IS NOT NULL)),
    CONSTRAINT chk_checkout_sessions_completed CHECK
        ((status = 'COMPLETED') = (completed_at IS NOT NULL) AND (status = 'COMPLETED') = (order_number IS NOT NULL)),
    CONSTRAINT chk_checkout_sessions_payment_token CHECK ((payment_token IS NOT NULL) = (status = 'COMPLETING')),
    CONSTRAINT chk_checkout_sessions_version CHECK (version > 0)
);

CREATE UNIQUE INDEX uq_checkout_sessions_order_id ON checkout_sessions (tenant_id, order_id)
    WHERE order_id IS NOT NULL;
-- A cart becomes one order, however many checkouts were opened from it.
CREATE UNIQUE INDEX uq_checkout_sessions_cart_id ON checkout_sessions (tenant_id, cart_id)
    WHERE cart_id IS NOT NULL AND status IN ('COMPLETING', 'COMPLETED');
CREATE INDEX idx_checkout_sessions_expires_at ON checkout_sessions (tenant_id, expires_at);
CREATE INDEX idx_checkout_sessions_cart_conversion_due ON checkout_sessions (tenant_id, id)
    WHERE cart_conversion_due;

CALL isolate_tenants('checkout_sessions');

COMMENT ON TABLE checkout_sessions IS 'Checkouts: what a buyer is about to order; deleted seven days after they expire';
COMMENT ON COLUMN checkout_sessions.tenant_id IS 'The shop';
COMMENT ON COLUMN checkout_sessions.id IS 'UUIDv7';
COMMENT ON COLUMN checkout_sessions.customer_id IS 'Who buys; NULL for a guest';
COMMENT ON COLUMN checkout_sessions.guest_id IS
    'The guest who buys: a hash of its session token, which itself is kept nowhere; NULL for a customer';
COMMENT ON COLUMN checkout_sessions.email IS 'Where the confirmation goes';
COMMENT ON COLUMN checkout_sessions.cart_id IS 'The cart it was made from; NULL where its lines were given';
COMMENT ON COLUMN checkout_sessions.cart_version IS 'The version of the cart that the lines are a snapshot of';
COMMENT ON COLUMN checkout_sessions.cart_conversion_due IS 'Whether the cart has yet to be told that it was ordered';
COMMENT ON COLUMN checkout_sessions.status IS
    'OPEN, COMPLETING while a saga places the order, COMPLETED, or EXPIRED; a refused completion leads back to OPEN';
COMMENT ON COLUMN checkout_sessions.lines IS
    'The lines in their order: productId, sku, name, imageUrl, quantity, unitPrice, priceOverridden';
COMMENT ON COLUMN checkout_sessions.shipping_address IS 'Where the goods go';
COMMENT ON COLUMN checkout_sessions.billing_address IS 'Who gets the invoice';
COMMENT ON COLUMN checkout_sessions.shipping_options IS 'The ways to send the goods and their prices, as they were quoted';
COMMENT ON COLUMN checkout_sessions.shipping_method_id IS 'The way to send the goods that was chosen';
COMMENT ON COLUMN checkout_sessions.shipping_method_name IS 'Its name when it was chosen';
COMMENT ON COLUMN checkout_sessions.payment_method_type IS 'The payment provider of the last completion';
COMMENT ON COLUMN checkout_sessions.payment_token IS
    'The provider''s token of the means of payment, never a card number; kept only while COMPLETING, for a recovery';
COMMENT ON COLUMN checkout_sessions.currency IS 'ISO 4217, of all amounts';
COMMENT ON COLUMN checkout_sessions.subtotal IS 'The sum of unit price times quantity';
COMMENT ON COLUMN checkout_sessions.tax_amount IS 'Tax on goods and shipping';
COMMENT ON COLUMN checkout_sessions.shipping_amount IS 'What it costs to send the goods';
COMMENT ON COLUMN checkout_sessions.discount_amount IS 'What is taken off';
COMMENT ON COLUMN checkout_sessions.total_amount IS 'What is to be paid';
COMMENT ON COLUMN checkout_sessions.placed_at IS 'When the order was placed, where it was placed elsewhere before';
COMMENT ON COLUMN checkout_sessions.external_reference IS 'What another system calls the order';
COMMENT ON COLUMN checkout_sessions.order_id IS 'The order that is being placed or was placed; also the id of the saga';
COMMENT ON COLUMN checkout_sessions.order_number IS 'What people call the order';
COMMENT ON COLUMN checkout_sessions.last_refusal IS 'The code with which the last completion was refused';
COMMENT ON COLUMN checkout_sessions.metadata IS 'Whatever the shop wants to keep with it';
COMMENT ON COLUMN checkout_sessions.created_at IS 'When it was opened';
COMMENT ON COLUMN checkout_sessions.updated_at IS 'When it was last changed';
COMMENT ON COLUMN checkout_sessions.expires_at IS 'Until when it can be completed';
COMMENT ON COLUMN checkout_sessions.completed_at IS 'When the order was confirmed';
COMMENT ON COLUMN checkout_sessions.version IS 'Counts the changes';

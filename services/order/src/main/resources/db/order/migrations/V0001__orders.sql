-- Orders: what a customer bought, under which conditions, and how far it has got.

CREATE TABLE orders (
    tenant_id            uuid           NOT NULL,
    id                   uuid           NOT NULL,
    order_number         text           NOT NULL,
    customer_id          uuid,
    guest_id             uuid,
    email                text           NOT NULL,
    status               text           NOT NULL DEFAULT 'CREATED',
    status_reason        text,
    currency             text           NOT NULL,
    subtotal             numeric(10, 2) NOT NULL,
    tax_amount           numeric(10, 2) NOT NULL DEFAULT 0,
    shipping_amount      numeric(10, 2) NOT NULL DEFAULT 0,
    discount_amount      numeric(10, 2) NOT NULL DEFAULT 0,
    total_amount         numeric(10, 2) NOT NULL,
    rounding_mode        text           NOT NULL DEFAULT 'HALF_UP',
    line_count           integer        NOT NULL,
    unit_count           bigint         NOT NULL,
    payment_id           uuid,
    payment_method       text,
    payment_status       text           NOT NULL DEFAULT 'PENDING',
    shipping_method_id   uuid,
    shipping_method_name text,
    coupon_code          text,
    external_reference   text,
    notes                text,
    metadata             jsonb          NOT NULL DEFAULT '{}',
    created_by_service   text           NOT NULL DEFAULT 'checkout',
    placed_at            timestamptz    NOT NULL DEFAULT now(),
    paid_at              timestamptz,
    confirmed_at         timestamptz,
    cancelled_at         timestamptz,
    completed_at         timestamptz,
    created_at           timestamptz    NOT NULL DEFAULT now(),
    updated_at           timestamptz    NOT NULL DEFAULT now(),
    version              bigint         NOT NULL DEFAULT 1,
    CONSTRAINT orders_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_orders_order_number UNIQUE (tenant_id, order_number),
    CONSTRAINT chk_orders_status CHECK (status IN
        ('CREATED', 'PAID', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED')),
    CONSTRAINT chk_orders_payment_status CHECK (payment_status IN
        ('PENDING', 'AUTHORIZED', 'CAPTURED', 'SETTLED', 'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
    CONSTRAINT chk_orders_buyer CHECK (num_nonnulls(customer_id, guest_id) <= 1),
    CONSTRAINT chk_orders_email CHECK (length(email) BETWEEN 3 AND 320),
    CONSTRAINT chk_orders_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_orders_amounts CHECK
        (subtotal >= 0 AND tax_amount >= 0 AND shipping_amount >= 0 AND discount_amount >= 0 AND total_amount >= 0),
    CONSTRAINT chk_orders_total CHECK (total_amount = subtotal + tax_amount + shipping_amount - discount_amount),
    CONSTRAINT chk_orders_rounding_mode CHECK (rounding_mode IN ('HALF_UP', 'HALF_EVEN', 'HALF_DOWN', 'UP', 'DOWN')),
    CONSTRAINT chk_orders_line_count CHECK (line_count > 0 AND unit_count >= line_count),
    CONSTRAINT chk_orders_payment CHECK
        (status NOT IN ('PAID', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'REFUNDED') OR payment_id IS NOT NULL),
    CONSTRAINT chk_orders_cancelled_at CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)),
    CONSTRAINT chk_orders_version CHECK (version > 0)
);

CREATE UNIQUE INDEX uq_orders_external_reference ON orders (tenant_id, external_reference)
    WHERE external_reference IS NOT NULL;
-- A customer's history is read from the index alone.
CREATE INDEX idx_orders_customer_id_placed_at ON orders (tenant_id, customer_id, placed_at DESC, id DESC)
    INCLUDE (order_number, status, total_amount, currency);
CREATE INDEX idx_orders_guest_id_placed_at ON orders (tenant_id, guest_id, placed_at DESC, id DESC)
    INCLUDE (order_number, status, total_amount, currency) WHERE guest_id IS NOT NULL;
CREATE INDEX idx_orders_status_placed_at ON orders (tenant_id, status, placed_at DESC, id DESC);
CREATE INDEX idx_orders_placed_at ON orders (tenant_id, placed_at DESC, id DESC);
-- Unpaid orders are few: the limit of pending orders is checked on these.
CREATE INDEX idx_orders_customer_id_pending ON orders (tenant_id, customer_id)
    WHERE status = 'CREATED' AND customer_id IS NOT NULL;
CREATE INDEX idx_orders_guest_id_pending ON orders (tenant_id, guest_id)
    WHERE status = 'CREATED' AND guest_id IS NOT NULL;

CALL isolate_tenants('orders');

COMMENT ON TABLE orders IS 'Orders, with their amounts and conditions as they were when the order was placed';
COMMENT ON COLUMN orders.tenant_id IS 'The shop';
COMMENT ON COLUMN orders.id IS 'Chosen by whoever places the order; a repeated call carries the same one';
COMMENT ON COLUMN orders.order_number IS 'What people call the order: random, so that it tells nothing about the number of sales';
COMMENT ON COLUMN orders.customer_id IS 'Who bought; NULL for a guest';
COMMENT ON COLUMN orders.guest_id IS 'The principal of the guest who bought; NULL for a customer';
COMMENT ON COLUMN orders.email IS 'Where the confirmation goes';
COMMENT ON COLUMN orders.status IS 'State; only transitions in order_state_transitions are accepted';
COMMENT ON COLUMN orders.status_reason IS 'Why the order came to its present status, where a reason was given';
COMMENT ON COLUMN orders.currency IS 'ISO 4217 code of all amounts of the order';
COMMENT ON COLUMN orders.subtotal IS 'Sum of the totals of the lines';
COMMENT ON COLUMN orders.tax_amount IS 'Tax on top of the subtotal';
COMMENT ON COLUMN orders.shipping_amount IS 'Price of the shipping';
COMMENT ON COLUMN orders.discount_amount IS 'Discount on the whole order';
COMMENT ON COLUMN orders.total_amount IS 'What the customer pays: subtotal + tax + shipping - discount';
COMMENT ON COLUMN orders.rounding_mode IS 'How amounts were rounded to the minor unit';
COMMENT ON COLUMN orders.line_count IS 'Number of lines';
COMMENT ON COLUMN orders.unit_count IS 'Units of all lines';
COMMENT ON COLUMN orders.payment_id IS 'The payment in the payment service; known once the order is paid';
COMMENT ON COLUMN orders.payment_method IS 'How it was paid, such as CARD';
COMMENT ON COLUMN orders.payment_status IS 'What is known here of the state of the payment';
COMMENT ON COLUMN orders.shipping_method_id IS 'The chosen method in the shipping service';
COMMENT ON COLUMN orders.shipping_method_name IS 'Its name when the order was placed';
COMMENT ON COLUMN orders.coupon_code IS 'The coupon that gave the discount';
COMMENT ON COLUMN orders.external_reference IS 'What another system calls the order; unique in the shop';
COMMENT ON COLUMN orders.notes IS 'What the customer wrote with the order';
COMMENT ON COLUMN orders.metadata IS 'Whatever a shop keeps with an order';
COMMENT ON COLUMN orders.created_by_service IS 'The service that created the order';
COMMENT ON COLUMN orders.placed_at IS 'When the customer placed the order; for an imported order long before created_at';
COMMENT ON COLUMN orders.paid_at IS 'When its payment was authorised';
COMMENT ON COLUMN orders.confirmed_at IS 'When the shop was bound to it';
COMMENT ON COLUMN orders.cancelled_at IS 'When it was cancelled';
COMMENT ON COLUMN orders.completed_at IS 'When it was delivered';
COMMENT ON COLUMN orders.created_at IS 'When the row was written';
COMMENT ON COLUMN orders.updated_at IS 'When the row was last changed';
COMMENT ON COLUMN orders.version IS 'Counts the changes, for optimistic locking and for the order of events';

-- Orders are archived by the worker; nobody else deletes one.
DO $$
BEGIN
    EXECUTE format('REVOKE DELETE ON orders FROM %I', service_role('app'));
END;
$$;

-- The tables of a purchase as the source documents have them, with all their indexes and checks, in one database.

CREATE TABLE inventory (
    product_id         uuid      PRIMARY KEY,
    available_quantity integer   NOT NULL DEFAULT 0,
    reserved_quantity  integer   NOT NULL DEFAULT 0,
    version            integer   NOT NULL DEFAULT 0,
    updated_at         timestamp NOT NULL DEFAULT current_timestamp,
    CONSTRAINT chk_inventory_available_positive CHECK (available_quantity >= 0),
    CONSTRAINT chk_inventory_reserved_positive CHECK (reserved_quantity >= 0)
);
CREATE INDEX idx_inventory_available ON inventory (available_quantity) WHERE available_quantity > 0;

CREATE TABLE inventory_transactions (
    id               uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    product_id       uuid        NOT NULL,
    transaction_type varchar(50) NOT NULL,
    quantity_change  integer     NOT NULL,
    reference_id     uuid,
    notes            text,
    created_at       timestamp   NOT NULL DEFAULT current_timestamp,
    CONSTRAINT chk_txn_type CHECK (transaction_type IN ('RESERVE', 'RELEASE', 'CONFIRM', 'RESTOCK', 'ADJUSTMENT'))
);
CREATE INDEX idx_inventory_txn_product_id ON inventory_transactions (product_id);
CREATE INDEX idx_inventory_txn_reference_id ON inventory_transactions (reference_id);
CREATE INDEX idx_inventory_txn_created_at ON inventory_transactions (created_at DESC);

CREATE TABLE orders (
    id               uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id          uuid           NOT NULL,
    order_number     varchar(50)    NOT NULL,
    status           varchar(50)    NOT NULL DEFAULT 'CREATED',
    total_amount     decimal(10, 2) NOT NULL,
    currency         varchar(3)     NOT NULL DEFAULT 'USD',
    shipping_address text           NOT NULL,
    billing_address  text           NOT NULL,
    created_at       timestamp      NOT NULL DEFAULT current_timestamp,
    updated_at       timestamp      NOT NULL DEFAULT current_timestamp,
    CONSTRAINT chk_orders_total_positive CHECK (total_amount > 0),
    CONSTRAINT chk_orders_status CHECK (status IN
        ('CREATED', 'PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED'))
);
CREATE UNIQUE INDEX idx_orders_order_number ON orders (order_number);
CREATE INDEX idx_orders_user_id ON orders (user_id);
CREATE INDEX idx_orders_status ON orders (status);
CREATE INDEX idx_orders_created_at ON orders (created_at DESC);

CREATE TABLE order_items (
    id           uuid           NOT NULL DEFAULT gen_random_uuid(),
    order_id     uuid           NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    product_id   uuid           NOT NULL,
    product_name varchar(255)   NOT NULL,
    price        decimal(10, 2) NOT NULL,
    quantity     integer        NOT NULL,
    subtotal     decimal(10, 2) NOT NULL,
    PRIMARY KEY (order_id, product_id),
    CONSTRAINT chk_order_items_price_positive CHECK (price > 0),
    CONSTRAINT chk_order_items_quantity_positive CHECK (quantity > 0)
);
CREATE INDEX idx_order_items_order_id ON order_items (order_id);
CREATE INDEX idx_order_items_product_id ON order_items (product_id);

CREATE TABLE order_status_history (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id    uuid        NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    from_status varchar(50),
    to_status   varchar(50) NOT NULL,
    notes       text,
    changed_at  timestamp   NOT NULL DEFAULT current_timestamp
);
CREATE INDEX idx_order_status_history_order_id ON order_status_history (order_id);
CREATE INDEX idx_order_status_history_changed_at ON order_status_history (changed_at DESC);

CREATE TABLE outbox (
    id           uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    aggregate_id uuid         NOT NULL,
    event_type   varchar(100) NOT NULL,
    event_data   jsonb        NOT NULL,
    created_at   timestamp    NOT NULL DEFAULT current_timestamp,
    processed_at timestamp
);
CREATE INDEX idx_outbox_unprocessed ON outbox (created_at) WHERE processed_at IS NULL;

CREATE TABLE payments (
    id                uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id          uuid           NOT NULL,
    payment_intent_id varchar(255),
    amount            decimal(10, 2) NOT NULL,
    currency          varchar(3)     NOT NULL DEFAULT 'USD',
    status            varchar(50)    NOT NULL DEFAULT 'PENDING',
    provider          varchar(50)    NOT NULL,
    payment_method    varchar(50),
    error_message     text,
    created_at        timestamp      NOT NULL DEFAULT current_timestamp,
    updated_at        timestamp      NOT NULL DEFAULT current_timestamp,
    CONSTRAINT chk_payments_amount_positive CHECK (amount > 0),
    CONSTRAINT chk_payments_status CHECK (status IN ('PENDING', 'SUCCESS', 'FAILED', 'REFUNDED', 'CANCELLED')),
    CONSTRAINT chk_payments_provider CHECK (provider IN ('STRIPE', 'PAYPAL', 'RAZORPAY', 'MANUAL'))
);
CREATE UNIQUE INDEX idx_payments_order_id ON payments (order_id);
CREATE INDEX idx_payments_payment_intent_id ON payments (payment_intent_id);
CREATE INDEX idx_payments_status ON payments (status);
CREATE INDEX idx_payments_created_at ON payments (created_at DESC);

CREATE TABLE payment_events (
    id         uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id uuid         NOT NULL REFERENCES payments (id) ON DELETE CASCADE,
    event_type varchar(100) NOT NULL,
    event_data jsonb        NOT NULL,
    created_at timestamp    NOT NULL DEFAULT current_timestamp
);
CREATE INDEX idx_payment_events_payment_id ON payment_events (payment_id);
CREATE INDEX idx_payment_events_created_at ON payment_events (created_at DESC);

-- Two more than are drawn from, because a product that was drawn twice is replaced by the one after it.
INSERT INTO inventory (product_id, available_quantity)
SELECT md5(number::text)::uuid, 100000000 FROM generate_series(1, 10002) AS number;

VACUUM ANALYZE;

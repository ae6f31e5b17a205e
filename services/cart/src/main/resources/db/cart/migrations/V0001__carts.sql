CREATE TABLE carts (
    tenant_id         uuid         NOT NULL,
    id                uuid         NOT NULL,
    customer_id       uuid,
    guest_id          uuid,
    status            varchar(20)  NOT NULL DEFAULT 'ACTIVE',
    currency          varchar(3)   NOT NULL,
    coupon_code       varchar(50),
    ordered_order_id  uuid,
    version           bigint       NOT NULL DEFAULT 1,
    expires_at        timestamptz  NOT NULL,
    created_at        timestamptz  NOT NULL DEFAULT now(),
    updated_at        timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_carts_owner CHECK (num_nonnulls(customer_id, guest_id) = 1),
    CONSTRAINT chk_carts_status CHECK (status IN ('ACTIVE', 'ORDERED', 'ABANDONED', 'MERGED')),
    CONSTRAINT chk_carts_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_carts_ordered CHECK ((status = 'ORDERED') = (ordered_order_id IS NOT NULL)),
    CONSTRAINT chk_carts_version CHECK (version > 0)
);

CREATE UNIQUE INDEX uq_carts_active_customer ON carts (tenant_id, customer_id) WHERE status = 'ACTIVE';
CREATE UNIQUE INDEX uq_carts_active_guest ON carts (tenant_id, guest_id) WHERE status = 'ACTIVE';
CREATE INDEX idx_carts_tenant_id_expires_at ON carts (tenant_id, expires_at);
CREATE INDEX idx_carts_expires_at ON carts (expires_at, status);

COMMENT ON TABLE carts IS 'What customers and guests mean to buy.';
COMMENT ON COLUMN carts.tenant_id IS 'The shop.';
COMMENT ON COLUMN carts.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN carts.customer_id IS 'The customer who owns it, NULL for a guest''s.';
COMMENT ON COLUMN carts.guest_id IS 'The guest who owns it, derived from the guest''s token, NULL for a customer''s.';
COMMENT ON COLUMN carts.status IS 'ACTIVE, ORDERED, ABANDONED (expired) or MERGED into another cart.';
COMMENT ON COLUMN carts.currency IS 'ISO 4217 code of all prices.';
COMMENT ON COLUMN carts.coupon_code IS 'The coupon that the buyer entered.';
COMMENT ON COLUMN carts.ordered_order_id IS 'The order that the cart has become.';
COMMENT ON COLUMN carts.version IS 'Counts the changes of the cart and its items; a checkout notes it.';
COMMENT ON COLUMN carts.expires_at IS 'When the cart is abandoned unless it is changed before.';
COMMENT ON COLUMN carts.created_at IS 'When the cart was created.';
COMMENT ON COLUMN carts.updated_at IS 'When the cart was last changed.';

CALL isolate_tenants('carts');

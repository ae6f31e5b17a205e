CREATE TABLE promotion_claims (
    tenant_id    uuid        NOT NULL,
    order_id     uuid        NOT NULL,
    customer_id  uuid,
    status       varchar(10) NOT NULL,
    use_count    integer     NOT NULL,
    reason       varchar(100),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz,
    PRIMARY KEY (tenant_id, order_id),
    CONSTRAINT chk_promotion_claims_status CHECK (status IN ('CLAIMED', 'RELEASED')),
    CONSTRAINT chk_promotion_claims_ended CHECK ((status = 'CLAIMED') = (ended_at IS NULL)),
    CONSTRAINT chk_promotion_claims_use_count CHECK (use_count >= 0 AND (use_count > 0 OR status = 'RELEASED')),
    CONSTRAINT chk_promotion_claims_reason CHECK (reason ~ '^[a-z][a-z0-9-]{0,62}$')
)
WITH (fillfactor = 80);

CREATE INDEX idx_promotion_claims_customer_id ON promotion_claims (tenant_id, customer_id)
    WHERE status = 'CLAIMED' AND customer_id IS NOT NULL;

COMMENT ON TABLE promotion_claims IS
    'The uses of promotions that an order has claimed, one row an order: its status says whether they count, and a repeated call finds it.';
COMMENT ON COLUMN promotion_claims.tenant_id IS 'The shop.';
COMMENT ON COLUMN promotion_claims.order_id IS 'The order, in another database.';
COMMENT ON COLUMN promotion_claims.customer_id IS 'Who buys; NULL for a guest.';
COMMENT ON COLUMN promotion_claims.status IS 'CLAIMED counts, RELEASED was given back; there is no way back.';
COMMENT ON COLUMN promotion_claims.use_count IS
    'How many rows of coupon_usage belong to it; 0 where an order was released that had claimed nothing, so that a late claim is refused.';
COMMENT ON COLUMN promotion_claims.reason IS 'Why it was released, a code.';
COMMENT ON COLUMN promotion_claims.created_at IS 'When it was made.';
COMMENT ON COLUMN promotion_claims.ended_at IS 'When it was released; NULL while it counts.';

CALL isolate_tenants('promotion_claims');
CALL keep_customers_apart('promotion_claims');

CREATE TABLE coupon_usage (
    tenant_id       uuid           NOT NULL,
    order_id        uuid           NOT NULL,
    promotion_id    uuid           NOT NULL,
    code            varchar(40),
    amount          numeric(10, 2) NOT NULL,
    currency        varchar(3)     NOT NULL,
    first_order     boolean        NOT NULL,
    customer_limit  integer,
    PRIMARY KEY (tenant_id, order_id, promotion_id),
    CONSTRAINT fk_coupon_usage_claim FOREIGN KEY (tenant_id, order_id)
        REFERENCES promotion_claims (tenant_id, order_id) ON DELETE CASCADE,
    CONSTRAINT chk_coupon_usage_amount CHECK (amount >= 0),
    CONSTRAINT chk_coupon_usage_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_coupon_usage_customer_limit CHECK (customer_limit > 0)
);

CREATE INDEX idx_coupon_usage_promotion_id ON coupon_usage (tenant_id, promotion_id, order_id);

COMMENT ON TABLE coupon_usage IS
    'Which promotions an order uses, with a coupon or without. Never changes: the status is the claim''s.';
COMMENT ON COLUMN coupon_usage.tenant_id IS 'The shop.';
COMMENT ON COLUMN coupon_usage.order_id IS 'The claim.';
COMMENT ON COLUMN coupon_usage.promotion_id IS
    'The promotion; no foreign key, since the claim changes its counter, which has one.';
COMMENT ON COLUMN coupon_usage.code IS 'The code that led to it, in capitals; NULL for a promotion without one.';
COMMENT ON COLUMN coupon_usage.amount IS 'What it takes off the order, that of the shipping included.';
COMMENT ON COLUMN coupon_usage.currency IS 'ISO 4217 code of the amount.';
COMMENT ON COLUMN coupon_usage.first_order IS 'Whether the promotion was for a customer''s first order only.';
COMMENT ON COLUMN coupon_usage.customer_limit IS 'How often one customer might use it when it was claimed; NULL for any number.';

CALL isolate_tenants('coupon_usage');
CALL keep_customers_apart_by('promotion_claims', 'order_id', 'coupon_usage', 'order_id');

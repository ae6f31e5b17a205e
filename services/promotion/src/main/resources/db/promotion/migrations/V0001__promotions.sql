CREATE TABLE promotions (
    tenant_id         uuid           NOT NULL,
    id                uuid           NOT NULL,
    name              varchar(100)   NOT NULL,
    code              varchar(40),
    status            varchar(10)    NOT NULL DEFAULT 'DRAFT',
    kind              varchar(20)    NOT NULL,
    basis_points      integer,
    amount            numeric(10, 2),
    buy_quantity      integer,
    get_quantity      integer,
    maximum_discount  numeric(10, 2),
    minimum_subtotal  numeric(10, 2),
    currency          varchar(3),
    product_ids       uuid[]         NOT NULL DEFAULT '{}',
    category_ids      uuid[]         NOT NULL DEFAULT '{}',
    first_order_only  boolean        NOT NULL DEFAULT false,
    starts_at         timestamptz,
    ends_at           timestamptz,
    is_exclusive      boolean        NOT NULL DEFAULT false,
    priority          integer        NOT NULL DEFAULT 0,
    customer_limit    integer,
    version           bigint         NOT NULL DEFAULT 1,
    created_at        timestamptz    NOT NULL DEFAULT now(),
    updated_at        timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_promotions_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_promotions_code CHECK (code ~ '^[A-Z0-9][A-Z0-9_-]*$'),
    CONSTRAINT chk_promotions_status CHECK (status IN ('DRAFT', 'ACTIVE', 'ENDED')),
    CONSTRAINT chk_promotions_kind CHECK (CASE kind
        WHEN 'PERCENTAGE' THEN num_nulls(basis_points) = 0 AND num_nonnulls(amount, buy_quantity, get_quantity) = 0
        WHEN 'FIXED_AMOUNT' THEN num_nulls(amount) = 0
            AND num_nonnulls(basis_points, buy_quantity, get_quantity, maximum_discount) = 0
        WHEN 'FREE_SHIPPING' THEN num_nonnulls(basis_points, amount, buy_quantity, get_quantity, maximum_discount) = 0
        WHEN 'BUY_X_GET_Y' THEN num_nulls(buy_quantity, get_quantity, basis_points) = 0 AND num_nonnulls(amount) = 0
        ELSE false END),
    CONSTRAINT chk_promotions_basis_points CHECK (basis_points BETWEEN 1 AND 10000),
    CONSTRAINT chk_promotions_quantities CHECK (buy_quantity BETWEEN 1 AND 1000 AND get_quantity BETWEEN 1 AND 1000),
    CONSTRAINT chk_promotions_amounts CHECK (amount > 0 AND maximum_discount > 0 AND minimum_subtotal >= 0),
    CONSTRAINT chk_promotions_currency CHECK (
        currency ~ '^[A-Z]{3}$' AND (currency IS NOT NULL OR num_nonnulls(amount, maximum_discount, minimum_subtotal) = 0)),
    CONSTRAINT chk_promotions_period CHECK (starts_at < ends_at),
    CONSTRAINT chk_promotions_customer_limit CHECK (customer_limit > 0),
    CONSTRAINT chk_promotions_version CHECK (version > 0)
);

-- The code of a promotion that has ended may be given to another one.
CREATE UNIQUE INDEX uq_promotions_code ON promotions (tenant_id, code) WHERE status <> 'ENDED' AND code IS NOT NULL;
CREATE INDEX idx_promotions_code ON promotions (tenant_id, code, id) WHERE code IS NOT NULL;
CREATE INDEX idx_promotions_automatic ON promotions (tenant_id) WHERE status = 'ACTIVE' AND code IS NULL;

COMMENT ON TABLE promotions IS 'What a shop takes off, for whom and when: with the code of a coupon, or without one for everybody.';
COMMENT ON COLUMN promotions.tenant_id IS 'The shop.';
COMMENT ON COLUMN promotions.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN promotions.name IS 'What customers read.';
COMMENT ON COLUMN promotions.code IS 'The coupon''s code in capitals, unique among those that have not ended; NULL for a promotion that needs none.';
COMMENT ON COLUMN promotions.status IS 'DRAFT, ACTIVE or ENDED; there is no way back.';
COMMENT ON COLUMN promotions.kind IS 'PERCENTAGE, FIXED_AMOUNT, FREE_SHIPPING or BUY_X_GET_Y.';
COMMENT ON COLUMN promotions.basis_points IS 'Hundredths of a per cent that are taken off: of the lines, or of the units that are got.';
COMMENT ON COLUMN promotions.amount IS 'What a FIXED_AMOUNT takes off.';
COMMENT ON COLUMN promotions.buy_quantity IS 'How many units of a set are paid in full.';
COMMENT ON COLUMN promotions.get_quantity IS 'How many units of a set cost less.';
COMMENT ON COLUMN promotions.maximum_discount IS 'More is never taken off an order; NULL for no such limit.';
COMMENT ON COLUMN promotions.minimum_subtotal IS 'It applies where all goods together cost at least this before any discount.';
COMMENT ON COLUMN promotions.currency IS 'ISO 4217 code of its amounts; it applies to goods in this currency, NULL for any.';
COMMENT ON COLUMN promotions.product_ids IS 'It applies to these products and those of the categories; to all where both are empty.';
COMMENT ON COLUMN promotions.category_ids IS 'It applies to the products of these categories.';
COMMENT ON COLUMN promotions.first_order_only IS 'Whether it is for customers who have not ordered before.';
COMMENT ON COLUMN promotions.starts_at IS 'It applies from here on; NULL for as soon as it is active.';
COMMENT ON COLUMN promotions.ends_at IS 'It applies before this; NULL for as long as it is active.';
COMMENT ON COLUMN promotions.is_exclusive IS 'Whether it applies alone only.';
COMMENT ON COLUMN promotions.priority IS 'The greatest applies first, among equals the oldest.';
COMMENT ON COLUMN promotions.customer_limit IS 'How often one customer may use it; NULL for as often as they like.';
COMMENT ON COLUMN promotions.version IS 'Counts the changes.';
COMMENT ON COLUMN promotions.created_at IS 'When the row was created.';
COMMENT ON COLUMN promotions.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('promotions');
CALL keep_for_the_shop('promotions');

CREATE TABLE promotion_counters (
    tenant_id     uuid    NOT NULL,
    promotion_id  uuid    NOT NULL,
    uses          integer NOT NULL DEFAULT 0,
    total_limit   integer,
    PRIMARY KEY (tenant_id, promotion_id),
    CONSTRAINT fk_promotion_counters_promotion FOREIGN KEY (tenant_id, promotion_id)
        REFERENCES promotions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_promotion_counters_uses CHECK (uses >= 0 AND (total_limit IS NULL OR uses <= total_limit)),
    CONSTRAINT chk_promotion_counters_total_limit CHECK (total_limit > 0)
)
WITH (fillfactor = 50);

COMMENT ON TABLE promotion_counters IS
    'How often each promotion is used, apart from what it is, so that its uses do not change what processes keep of it. Whoever claims or ends a promotion locks its row.';
COMMENT ON COLUMN promotion_counters.tenant_id IS 'The shop.';
COMMENT ON COLUMN promotion_counters.promotion_id IS 'The promotion.';
COMMENT ON COLUMN promotion_counters.uses IS 'How many orders use it now.';
COMMENT ON COLUMN promotion_counters.total_limit IS 'How many orders may use it; NULL for any number.';

CALL isolate_tenants('promotion_counters');
CALL keep_for_the_shop('promotion_counters');

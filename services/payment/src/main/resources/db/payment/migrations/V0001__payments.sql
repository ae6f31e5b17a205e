-- Payments: an order has one, whose amounts and state cannot contradict each other.

CREATE TABLE payments (
    tenant_id         uuid           NOT NULL,
    id                uuid           NOT NULL,
    order_id          uuid           NOT NULL,
    customer_id       uuid,
    payment_intent_id text,
    status            text           NOT NULL DEFAULT 'PENDING',
    status_reason     text,
    provider          text,
    payment_method    text,
    card_brand        text,
    card_last_four    text,
    currency          text,
    amount            numeric(10, 2) NOT NULL,
    authorized_amount numeric(10, 2) NOT NULL DEFAULT 0,
    captured_amount   numeric(10, 2) NOT NULL DEFAULT 0,
    refunded_amount   numeric(10, 2) NOT NULL DEFAULT 0,
    error_code        text,
    error_message     text,
    created_at        timestamptz    NOT NULL DEFAULT now(),
    updated_at        timestamptz    NOT NULL DEFAULT now(),
    version           bigint         NOT NULL DEFAULT 1,
    CONSTRAINT payments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_payments_order_id UNIQUE (tenant_id, order_id),
    CONSTRAINT chk_payments_status CHECK (status IN
        ('PENDING', 'AUTHORIZED', 'CAPTURED', 'SETTLED', 'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
    CONSTRAINT chk_payments_provider CHECK (provider IN ('STRIPE', 'PAYPAL', 'RAZORPAY', 'MANUAL', 'TEST')),
    CONSTRAINT chk_payments_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT chk_payments_card_last_four CHECK (card_last_four ~ '^[0-9]{4}$'),
    CONSTRAINT chk_payments_amount CHECK (amount >= 0),
    -- Only a payment that was cancelled before it began has neither provider nor currency.
    CONSTRAINT chk_payments_begun CHECK
        ((provider IS NOT NULL AND currency IS NOT NULL) OR (status = 'CANCELLED' AND amount = 0)),
    CONSTRAINT chk_payments_authorized_amount CHECK (authorized_amount IN (0, amount)),
    CONSTRAINT chk_payments_captured_amount CHECK (captured_amount BETWEEN 0 AND authorized_amount),
    CONSTRAINT chk_payments_refunded_amount CHECK (refunded_amount BETWEEN 0 AND captured_amount),
    CONSTRAINT chk_payments_status_amounts CHECK (CASE status
        WHEN 'PENDING' THEN authorized_amount = 0
        WHEN 'FAILED' THEN authorized_amount = 0
        WHEN 'CANCELLED' THEN captured_amount = 0
        WHEN 'AUTHORIZED' THEN authorized_amount = amount AND captured_amount = 0
        WHEN 'PARTIALLY_REFUNDED' THEN refunded_amount > 0 AND refunded_amount < captured_amount
        WHEN 'REFUNDED' THEN authorized_amount = amount AND refunded_amount = captured_amount
        ELSE authorized_amount = amount AND refunded_amount = 0 AND (captured_amount > 0 OR amount = 0)
    END),
    CONSTRAINT chk_payments_version CHECK (version > 0)
);

CREATE INDEX idx_payments_payment_intent_id ON payments (tenant_id, payment_intent_id)
    WHERE payment_intent_id IS NOT NULL;
CREATE INDEX idx_payments_status_created_at ON payments (tenant_id, status, created_at DESC);
-- Unfinished payments are few.
CREATE INDEX idx_payments_pending ON payments (tenant_id, created_at) WHERE status = 'PENDING';

CALL isolate_tenants('payments');

COMMENT ON TABLE payments IS 'The payments of orders, one each';
COMMENT ON COLUMN payments.tenant_id IS 'The shop';
COMMENT ON COLUMN payments.id IS 'The payment';
COMMENT ON COLUMN payments.order_id IS 'The order in the order service';
COMMENT ON COLUMN payments.customer_id IS 'Who pays; NULL for a guest';
COMMENT ON COLUMN payments.payment_intent_id IS 'What the provider calls the payment';
COMMENT ON COLUMN payments.status IS 'State; only transitions in payment_state_transitions are accepted';
COMMENT ON COLUMN payments.status_reason IS 'Why the payment came to its present status, where a reason was given';
COMMENT ON COLUMN payments.provider IS 'Who moves the money; NULL for a payment that was cancelled before it began';
COMMENT ON COLUMN payments.payment_method IS 'How it is paid, such as CARD';
COMMENT ON COLUMN payments.card_brand IS 'Brand of the card, for display';
COMMENT ON COLUMN payments.card_last_four IS 'Last four digits of the card, for display';
COMMENT ON COLUMN payments.currency IS 'ISO 4217 code of all amounts; NULL for a payment that was cancelled before it began';
COMMENT ON COLUMN payments.amount IS 'What the order costs';
COMMENT ON COLUMN payments.authorized_amount IS 'What the provider has reserved: nothing or everything';
COMMENT ON COLUMN payments.captured_amount IS 'What was taken from the customer';
COMMENT ON COLUMN payments.refunded_amount IS 'What was given back, never more than was taken';
COMMENT ON COLUMN payments.error_code IS 'Why the provider declined, as a code';
COMMENT ON COLUMN payments.error_message IS 'Why the provider declined, in words';
COMMENT ON COLUMN payments.created_at IS 'When it began';
COMMENT ON COLUMN payments.updated_at IS 'When the row was last changed';
COMMENT ON COLUMN payments.version IS 'Counts the changes, for optimistic locking and for the order of events';

DO $$
BEGIN
    EXECUTE format('REVOKE DELETE ON payments FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

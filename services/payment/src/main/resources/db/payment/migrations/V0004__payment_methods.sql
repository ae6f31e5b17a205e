-- Means of payment that customers have saved. A card's number is never here, only the provider's token.

CREATE TABLE payment_methods (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    customer_id     uuid        NOT NULL,
    provider        text        NOT NULL,
    encrypted_token bytea       NOT NULL,
    method_type     text        NOT NULL,
    card_brand      text,
    card_last_four  text,
    expiry_month    integer,
    expiry_year     integer,
    is_default      boolean     NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    version         bigint      NOT NULL DEFAULT 1,
    CONSTRAINT payment_methods_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_payment_methods_provider CHECK (provider IN ('STRIPE', 'PAYPAL', 'RAZORPAY', 'MANUAL', 'TEST')),
    CONSTRAINT chk_payment_methods_card_last_four CHECK (card_last_four ~ '^[0-9]{4}$'),
    CONSTRAINT chk_payment_methods_expiry CHECK (expiry_month BETWEEN 1 AND 12 AND expiry_year BETWEEN 2000 AND 2200)
);

CREATE INDEX idx_payment_methods_customer_id ON payment_methods (tenant_id, customer_id);
CREATE UNIQUE INDEX uq_payment_methods_default ON payment_methods (tenant_id, customer_id) WHERE is_default;

CALL isolate_tenants('payment_methods');

COMMENT ON TABLE payment_methods IS 'Means of payment that customers have saved, as tokens of the provider';
COMMENT ON COLUMN payment_methods.tenant_id IS 'The shop';
COMMENT ON COLUMN payment_methods.id IS 'The means of payment';
COMMENT ON COLUMN payment_methods.customer_id IS 'The customer in the customer service';
COMMENT ON COLUMN payment_methods.provider IS 'The provider that knows the token';
COMMENT ON COLUMN payment_methods.encrypted_token IS 'The provider''s token, encrypted by the application';
COMMENT ON COLUMN payment_methods.method_type IS 'What it is, such as CARD';
COMMENT ON COLUMN payment_methods.card_brand IS 'Brand of the card, for display';
COMMENT ON COLUMN payment_methods.card_last_four IS 'Last four digits of the card, for display';
COMMENT ON COLUMN payment_methods.expiry_month IS 'Month in which the card expires';
COMMENT ON COLUMN payment_methods.expiry_year IS 'Year in which the card expires';
COMMENT ON COLUMN payment_methods.is_default IS 'Whether it is offered first; a customer has at most one such';
COMMENT ON COLUMN payment_methods.created_at IS 'When it was saved';
COMMENT ON COLUMN payment_methods.updated_at IS 'When the row was last changed';
COMMENT ON COLUMN payment_methods.version IS 'Counts the changes, for optimistic locking';

-- What was asked of providers, written before it is asked, and what was given back.

CREATE TABLE payment_transactions (
    tenant_id          uuid           NOT NULL,
    id                 uuid           NOT NULL,
    payment_id         uuid           NOT NULL,
    transaction_type   text           NOT NULL,
    idempotency_key    text           NOT NULL,
    status             text           NOT NULL DEFAULT 'PENDING',
    amount             numeric(10, 2) NOT NULL,
    currency           text           NOT NULL,
    provider_reference text,
    error_code         text,
    error_message      text,
    created_at         timestamptz    NOT NULL DEFAULT now(),
    finished_at        timestamptz,
    CONSTRAINT payment_transactions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_payment_transactions_idempotency_key UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT fk_payment_transactions_payments FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
        ON DELETE RESTRICT,
    CONSTRAINT chk_payment_transactions_transaction_type CHECK
        (transaction_type IN ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND')),
    CONSTRAINT chk_payment_transactions_status CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED')),
    CONSTRAINT chk_payment_transactions_finished_at CHECK ((status = 'PENDING') = (finished_at IS NULL)),
    CONSTRAINT chk_payment_transactions_amount CHECK (amount >= 0)
);

CREATE INDEX idx_payment_transactions_payment_id ON payment_transactions (tenant_id, payment_id);
CREATE INDEX idx_payment_transactions_pending ON payment_transactions (tenant_id, created_at) WHERE status = 'PENDING';

CALL isolate_tenants('payment_transactions');

COMMENT ON TABLE payment_transactions IS 'What was asked of a provider; a row is written before the provider is asked';
COMMENT ON COLUMN payment_transactions.tenant_id IS 'The shop';
COMMENT ON COLUMN payment_transactions.id IS 'The transaction';
COMMENT ON COLUMN payment_transactions.payment_id IS 'The payment';
COMMENT ON COLUMN payment_transactions.transaction_type IS 'What the provider is asked to do';
COMMENT ON COLUMN payment_transactions.idempotency_key IS 'The key under which the provider does it once, however often it is asked';
COMMENT ON COLUMN payment_transactions.status IS 'PENDING until the provider has answered';
COMMENT ON COLUMN payment_transactions.amount IS 'The amount asked for';
COMMENT ON COLUMN payment_transactions.currency IS 'ISO 4217 code of the amount';
COMMENT ON COLUMN payment_transactions.provider_reference IS 'What the provider calls it';
COMMENT ON COLUMN payment_transactions.error_code IS 'Why the provider declined, as a code';
COMMENT ON COLUMN payment_transactions.error_message IS 'Why the provider declined, in words';
COMMENT ON COLUMN payment_transactions.created_at IS 'When the provider was first about to be asked';
COMMENT ON COLUMN payment_transactions.finished_at IS 'When its answer was recorded';

CREATE TABLE refunds (
    tenant_id          uuid           NOT NULL,
    id                 uuid           NOT NULL,
    payment_id         uuid           NOT NULL,
    transaction_id     uuid           NOT NULL,
    amount             numeric(10, 2) NOT NULL,
    currency           text           NOT NULL,
    reason             text           NOT NULL,
    provider_reference text,
    created_at         timestamptz    NOT NULL DEFAULT now(),
    CONSTRAINT refunds_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_refunds_transaction_id UNIQUE (tenant_id, transaction_id),
    CONSTRAINT fk_refunds_payments FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
        ON DELETE RESTRICT,
    CONSTRAINT fk_refunds_payment_transactions FOREIGN KEY (tenant_id, transaction_id)
        REFERENCES payment_transactions (tenant_id, id) ON DELETE RESTRICT,
    CONSTRAINT chk_refunds_amount CHECK (amount > 0)
);

CREATE INDEX idx_refunds_payment_id ON refunds (tenant_id, payment_id);

CALL isolate_tenants('refunds');

COMMENT ON TABLE refunds IS 'Money that was given back, with the reason';
COMMENT ON COLUMN refunds.tenant_id IS 'The shop';
COMMENT ON COLUMN refunds.id IS 'The refund';
COMMENT ON COLUMN refunds.payment_id IS 'The payment; its refunded_amount is the sum of its refunds';
COMMENT ON COLUMN refunds.transaction_id IS 'The transaction by which the provider gave it back';
COMMENT ON COLUMN refunds.amount IS 'What was given back';
COMMENT ON COLUMN refunds.currency IS 'ISO 4217 code of the amount';
COMMENT ON COLUMN refunds.reason IS 'Why';
COMMENT ON COLUMN refunds.provider_reference IS 'What the provider calls it';
COMMENT ON COLUMN refunds.created_at IS 'When it was recorded';

DO $$
BEGIN
    EXECUTE format('REVOKE DELETE ON payment_transactions FROM %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE UPDATE, DELETE ON refunds FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

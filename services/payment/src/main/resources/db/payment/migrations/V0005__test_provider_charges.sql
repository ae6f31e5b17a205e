-- The books of the built-in test provider. They stand for the outside world: they are kept in transactions of their
-- own, know nothing of shops, and are compared with our records as a bank's statement would be.

CREATE TABLE test_provider_charges (
    key             text           NOT NULL,
    reference       text           NOT NULL,
    status          text           NOT NULL,
    amount          numeric(10, 2) NOT NULL,
    currency        text,
    captured_amount numeric(10, 2) NOT NULL DEFAULT 0,
    refunded_amount numeric(10, 2) NOT NULL DEFAULT 0,
    refund_keys     text[]         NOT NULL DEFAULT '{}',
    decline_code    text,
    created_at      timestamptz    NOT NULL DEFAULT now(),
    updated_at      timestamptz    NOT NULL DEFAULT now(),
    CONSTRAINT test_provider_charges_pkey PRIMARY KEY (key),
    CONSTRAINT chk_test_provider_charges_status CHECK
        (status IN ('AUTHORIZED', 'DECLINED', 'CAPTURED', 'VOIDED')),
    CONSTRAINT chk_test_provider_charges_amounts CHECK
        (amount >= captured_amount AND captured_amount >= refunded_amount AND refunded_amount >= 0),
    CONSTRAINT chk_test_provider_charges_captured CHECK ((status = 'CAPTURED') = (captured_amount > 0))
);

COMMENT ON TABLE test_provider_charges IS 'Platform table: the books of the built-in test provider, one row a charge';
COMMENT ON COLUMN test_provider_charges.key IS 'The key under which the charge was asked for; it is made once';
COMMENT ON COLUMN test_provider_charges.reference IS 'What the provider calls the charge';
COMMENT ON COLUMN test_provider_charges.status IS 'What became of it';
COMMENT ON COLUMN test_provider_charges.amount IS 'What was asked for; 0 if it was voided before it was asked for';
COMMENT ON COLUMN test_provider_charges.currency IS 'ISO 4217 code of the amounts';
COMMENT ON COLUMN test_provider_charges.captured_amount IS 'What was taken from the customer';
COMMENT ON COLUMN test_provider_charges.refunded_amount IS 'What was given back';
COMMENT ON COLUMN test_provider_charges.refund_keys IS 'The keys of the refunds, each of which is made once';
COMMENT ON COLUMN test_provider_charges.decline_code IS 'Why it was declined';
COMMENT ON COLUMN test_provider_charges.created_at IS 'When the provider first heard of it';
COMMENT ON COLUMN test_provider_charges.updated_at IS 'When it last changed';

-- The test provider's bad habits: what it has been asked for, how often, and what it still has to tell. Like its books
-- these tables stand for the outside world.

ALTER TABLE test_provider_charges ADD COLUMN habits text NOT NULL DEFAULT '';

COMMENT ON COLUMN test_provider_charges.habits IS 'How the provider behaves with this charge; see docs/test-payment-provider.md';

CREATE TABLE test_provider_requests (
    operation      text           NOT NULL,
    key            text           NOT NULL,
    charge_key     text           NOT NULL,
    account        uuid,
    habits         text           NOT NULL,
    amount         numeric(10, 2),
    currency       text,
    asked          integer        NOT NULL DEFAULT 1,
    due_at         timestamptz,
    is_under_way   boolean        NOT NULL DEFAULT false,
    first_asked_at timestamptz    NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT test_provider_requests_pkey PRIMARY KEY (operation, key),
    CONSTRAINT chk_test_provider_requests_operation CHECK (operation IN ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND')),
    CONSTRAINT chk_test_provider_requests_asked CHECK (asked > 0)
);

CREATE INDEX idx_test_provider_requests_charge_key ON test_provider_requests (charge_key);
CREATE INDEX idx_test_provider_requests_due_at ON test_provider_requests (due_at)
    WHERE is_under_way AND due_at IS NOT NULL;

COMMENT ON TABLE test_provider_requests IS 'Platform table: what the built-in test provider was asked for';
COMMENT ON COLUMN test_provider_requests.operation IS 'What was asked for';
COMMENT ON COLUMN test_provider_requests.key IS 'The key under which it is done once';
COMMENT ON COLUMN test_provider_requests.charge_key IS 'The key of the charge';
COMMENT ON COLUMN test_provider_requests.account IS 'Who has asked, to be told of it by webhook';
COMMENT ON COLUMN test_provider_requests.habits IS 'How the provider behaves with this charge';
COMMENT ON COLUMN test_provider_requests.amount IS 'The amount asked for, where there is one';
COMMENT ON COLUMN test_provider_requests.currency IS 'ISO 4217 code of the amount';
COMMENT ON COLUMN test_provider_requests.asked IS 'How often it was asked for';
COMMENT ON COLUMN test_provider_requests.due_at IS 'When the provider does it unasked, where it does so late';
COMMENT ON COLUMN test_provider_requests.is_under_way IS 'Whether the provider has taken it on and not done it';
COMMENT ON COLUMN test_provider_requests.first_asked_at IS 'When it was first asked for';

CREATE TABLE test_provider_webhooks (
    id         text        NOT NULL,
    account    uuid        NOT NULL,
    charge_key text        NOT NULL,
    event_type text        NOT NULL,
    times      integer     NOT NULL,
    is_newest_first boolean NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at    timestamptz,
    CONSTRAINT test_provider_webhooks_pkey PRIMARY KEY (id),
    CONSTRAINT chk_test_provider_webhooks_times CHECK (times > 0)
);

CREATE INDEX idx_test_provider_webhooks_unsent ON test_provider_webhooks (created_at) WHERE sent_at IS NULL;

COMMENT ON TABLE test_provider_webhooks IS 'Platform table: what the built-in test provider tells unasked';
COMMENT ON COLUMN test_provider_webhooks.id IS 'The message';
COMMENT ON COLUMN test_provider_webhooks.account IS 'Whom it is told';
COMMENT ON COLUMN test_provider_webhooks.charge_key IS 'The key of the charge that it is about';
COMMENT ON COLUMN test_provider_webhooks.event_type IS 'What has happened to the charge';
COMMENT ON COLUMN test_provider_webhooks.times IS 'How often it is sent';
COMMENT ON COLUMN test_provider_webhooks.is_newest_first IS 'Whether it is sent before older messages';
COMMENT ON COLUMN test_provider_webhooks.attempts IS 'How often it was sent without success';
COMMENT ON COLUMN test_provider_webhooks.created_at IS 'When it happened';
COMMENT ON COLUMN test_provider_webhooks.sent_at IS 'When it was sent; NULL until then';

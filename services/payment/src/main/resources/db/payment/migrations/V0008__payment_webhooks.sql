-- What providers have told unasked, each message once.

CREATE TABLE payment_webhooks (
    tenant_id     uuid        NOT NULL,
    provider      text        NOT NULL,
    webhook_id    text        NOT NULL,
    order_id      uuid,
    received_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    claimed_until timestamptz NOT NULL,
    handled_at    timestamptz,
    CONSTRAINT payment_webhooks_pkey PRIMARY KEY (tenant_id, provider, webhook_id),
    CONSTRAINT chk_payment_webhooks_webhook_id CHECK (length(webhook_id) BETWEEN 1 AND 200)
);

CREATE INDEX idx_payment_webhooks_received_at ON payment_webhooks (tenant_id, received_at);

CALL isolate_tenants('payment_webhooks');

COMMENT ON TABLE payment_webhooks IS 'Messages that providers have sent unasked, each handled once';
COMMENT ON COLUMN payment_webhooks.tenant_id IS 'The shop, whose secret has signed the message';
COMMENT ON COLUMN payment_webhooks.provider IS 'Who sent it';
COMMENT ON COLUMN payment_webhooks.webhook_id IS 'The sender''s name of the message, the same when it is sent again';
COMMENT ON COLUMN payment_webhooks.order_id IS 'The order whose payment it is about; NULL if it is about none of ours';
COMMENT ON COLUMN payment_webhooks.received_at IS 'When it first came';
COMMENT ON COLUMN payment_webhooks.claimed_until IS 'Until then whoever received it last handles it, and nobody else';
COMMENT ON COLUMN payment_webhooks.handled_at IS 'When it was handled; NULL until then';

CREATE INDEX CONCURRENTLY idx_payments_payment_intent_id ON payments (tenant_id, payment_intent_id)
    WHERE payment_intent_id IS NOT NULL;

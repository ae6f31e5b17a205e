-- What was given back in a period is found without reading all refunds.
CREATE INDEX CONCURRENTLY idx_order_refunds_ended_at ON order_refunds (tenant_id, ended_at) WHERE status = 'COMPLETED';

-- And those of a customer.
CREATE INDEX CONCURRENTLY idx_carts_customer_id ON carts (tenant_id, customer_id) WHERE customer_id IS NOT NULL;

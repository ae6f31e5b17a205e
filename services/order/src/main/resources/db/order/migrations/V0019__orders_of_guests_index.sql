-- The orders of those who bought without an account; a customer's are found by customer_id.
CREATE INDEX CONCURRENTLY idx_orders_subject_id ON orders (tenant_id, subject_id) WHERE customer_id IS NULL;

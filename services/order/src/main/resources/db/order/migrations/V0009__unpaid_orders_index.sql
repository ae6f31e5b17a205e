-- Unpaid orders of all shops, the first due first; there are few of them at any time.
CREATE INDEX CONCURRENTLY idx_orders_payment_due_at ON orders (payment_due_at) WHERE status = 'CREATED';

-- Nobody reads by it: what waits for a provider is found by its transactions, and payments of a state by
-- idx_payments_status_created_at. Each payment paid for its entry.
DROP INDEX CONCURRENTLY idx_payments_pending;

-- Nobody reads by it: what waits for a provider is found by its transactions, and lists are read by the key. With it no change
-- of a payment could stay on its page (HOT), and the planner found one payment to change by reading all that had had its state.
DROP INDEX CONCURRENTLY idx_payments_status_created_at;

DROP INDEX CONCURRENTLY idx_orders_to_resend;

-- idx_orders_customer_id_history serves what this one did.
DROP INDEX CONCURRENTLY idx_orders_customer_id_placed_at;

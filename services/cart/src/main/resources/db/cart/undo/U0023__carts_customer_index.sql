DROP INDEX CONCURRENTLY idx_carts_customer_id;

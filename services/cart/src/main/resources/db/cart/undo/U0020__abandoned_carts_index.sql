DROP INDEX CONCURRENTLY idx_carts_abandoned;

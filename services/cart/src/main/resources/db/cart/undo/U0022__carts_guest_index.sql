DROP INDEX CONCURRENTLY idx_carts_guest_id;

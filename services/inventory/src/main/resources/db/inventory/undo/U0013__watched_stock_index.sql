DROP INDEX CONCURRENTLY idx_inventory_watched;

-- Nobody looks for the expired carts of one shop: the jobs look for those of all, by idx_carts_expires_at. And until a new
-- table has statistics, the planner takes this index for the key's and reads a shop's carts to find one.
DROP INDEX CONCURRENTLY idx_carts_tenant_id_expires_at;

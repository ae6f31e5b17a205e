-- The list of those who work for a shop, whose accounts are few among those of its customers.
CREATE INDEX CONCURRENTLY idx_users_staff ON users (tenant_id, id) WHERE role IN ('SUPPORT', 'ADMIN');

-- A summary of each stretch of pages: who writes the ledger pays nothing for it.
CREATE INDEX CONCURRENTLY idx_inventory_movements_created_at ON inventory_movements USING brin (created_at);

-- No quantity is in it: a sale leaves it alone, and stays on its page. A change of a reorder point is rare.
CREATE INDEX CONCURRENTLY idx_inventory_watched ON inventory (tenant_id, product_id, warehouse_id)
    WHERE reorder_point > 0;

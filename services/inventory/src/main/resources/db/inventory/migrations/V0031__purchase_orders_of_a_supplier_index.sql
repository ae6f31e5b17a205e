-- Lists of one supplier's purchase orders go by their ids.
CREATE INDEX CONCURRENTLY idx_inventory_purchase_orders_supplier_id_id ON inventory_purchase_orders (tenant_id, supplier_id, id);

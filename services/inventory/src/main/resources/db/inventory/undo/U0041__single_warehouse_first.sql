ALTER TABLE inventory_settings DROP COLUMN single_warehouse_first;

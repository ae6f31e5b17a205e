DROP TABLE inventory_settings;
ALTER TABLE inventory DROP COLUMN reorder_version;
ALTER TABLE warehouses
    DROP COLUMN priority,
    DROP COLUMN active,
    DROP COLUMN country,
    DROP COLUMN version;

ALTER TABLE inventory_movements DROP COLUMN reason_code;

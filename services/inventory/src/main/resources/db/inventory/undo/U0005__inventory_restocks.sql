ALTER TABLE inventory_movements
    DROP CONSTRAINT chk_inventory_movements_reference,
    ADD CONSTRAINT chk_inventory_movements_reference CHECK (CASE reference_type
        WHEN 'ORDER' THEN movement_type IN ('RESERVE', 'RELEASE', 'CONFIRM') AND reference_id IS NOT NULL
        WHEN 'RECEIPT' THEN movement_type = 'RESTOCK' AND reference <> ''
        WHEN 'ADJUSTMENT' THEN movement_type = 'ADJUSTMENT' AND reason <> ''
        ELSE false
    END) NOT VALID,
    DROP COLUMN restock_id;
ALTER TABLE inventory_reservation_lines DROP COLUMN restocked_quantity;
DROP TABLE inventory_restocks;

ALTER TABLE inventory_movements
    ADD COLUMN reason_code varchar(20),
    ADD CONSTRAINT chk_inventory_movements_reason_code CHECK (
        reason_code IS NULL
        OR movement_type = 'ADJUSTMENT' AND CASE reason_code
            WHEN 'DAMAGED' THEN available_change < 0
            WHEN 'LOST' THEN available_change < 0
            WHEN 'FOUND' THEN available_change > 0
            WHEN 'RETURNED' THEN available_change > 0
            WHEN 'COUNTED' THEN true
            WHEN 'OTHER' THEN coalesce(reason, '') <> ''
            ELSE false
        END) NOT VALID;

COMMENT ON COLUMN inventory_movements.reason_code IS
    'Why units were adjusted: DAMAGED, LOST, FOUND, RETURNED, COUNTED, or OTHER with words; NULL for other movements, and for adjustments from before there were codes.';
COMMENT ON COLUMN inventory_movements.reason IS 'Why, in words.';

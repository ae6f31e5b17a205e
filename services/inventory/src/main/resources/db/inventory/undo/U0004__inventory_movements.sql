DROP TABLE inventory_movements;
DROP FUNCTION refuse_change_of_movement();

DROP TRIGGER inventory_turned ON inventory;
DROP TRIGGER inventory_inserted ON inventory;
DROP FUNCTION count_turned_stock();
DROP FUNCTION count_new_stock();
DROP FUNCTION stock_went(uuid, uuid);
DROP FUNCTION stock_came(uuid, uuid[], integer[]);
DROP FUNCTION tell_of_stock(uuid, uuid[], bigint[], boolean);
DROP TABLE inventory_presences;

-- A customer sees their own reservations, and what belongs to these; visitors and vendors see none.
CALL keep_customers_apart('inventory_reservations');
CALL keep_customers_apart_by('inventory_reservations', 'order_id', 'inventory_reservation_lines', 'order_id');
CALL keep_customers_apart_by('inventory_reservations', 'order_id', 'inventory_restocks', 'order_id');

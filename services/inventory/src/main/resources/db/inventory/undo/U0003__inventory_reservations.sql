DROP TABLE inventory_reservation_lines;
DROP TABLE inventory_reservations;

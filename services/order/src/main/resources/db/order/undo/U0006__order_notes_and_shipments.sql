DROP TABLE order_shipments;
DROP TABLE order_notes;

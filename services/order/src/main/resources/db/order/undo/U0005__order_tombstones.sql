DROP TABLE order_tombstones;

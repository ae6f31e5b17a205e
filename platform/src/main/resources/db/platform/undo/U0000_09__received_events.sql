DROP TABLE received_partitions;
DROP TABLE received_events;

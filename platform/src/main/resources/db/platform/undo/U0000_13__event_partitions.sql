DROP FUNCTION create_event_partitions(integer);

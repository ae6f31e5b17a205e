DROP INDEX CONCURRENTLY idx_orders_subject_id;

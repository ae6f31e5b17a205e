-- What is stuck is looked for among the unfinished, which are few, the oldest first; not among all that ever ran.
CREATE INDEX CONCURRENTLY idx_saga_instances_created_at_saga_id
    ON saga_instances (created_at, saga_id) WHERE status IN ('started', 'compensating', 'failed');

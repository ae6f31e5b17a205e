-- A saved address is changed by whoever has read it as it is.
ALTER TABLE customer_addresses ADD COLUMN version bigint NOT NULL DEFAULT 1;

COMMENT ON COLUMN customer_addresses.version IS 'Counts the changes, for optimistic locking.';

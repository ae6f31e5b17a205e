ALTER TABLE customer_addresses DROP COLUMN version;

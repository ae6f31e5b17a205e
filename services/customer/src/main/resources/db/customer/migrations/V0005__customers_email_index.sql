-- The address of a record that a shop has imported proves nothing, so it neither blocks nor claims a registration.
CREATE UNIQUE INDEX CONCURRENTLY uq_customers_email_index ON customers (tenant_id, email_index, is_registered)
    WHERE deleted_at IS NULL;

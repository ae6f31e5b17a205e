-- A guest is forgotten once at a time, however many ask.
CREATE UNIQUE INDEX CONCURRENTLY uq_erasures_pending_guest ON erasures (tenant_id, guest_subject_id)
    WHERE customer_id IS NULL AND status = 'PENDING';

-- Who has been forgotten, or is to be. It names nobody, and is the list from which destroyed keys are destroyed again.

CREATE TABLE erasures (
    tenant_id        uuid        NOT NULL,
    id               uuid        NOT NULL,
    customer_id      uuid        NOT NULL,
    guest_subject_id uuid,
    status           text        NOT NULL DEFAULT 'PENDING',
    requested_by     text        NOT NULL,
    reason           text        NOT NULL,
    requested_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    completed_at     timestamptz,
    CONSTRAINT erasures_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_erasures_customer_id UNIQUE (tenant_id, customer_id),
    CONSTRAINT fk_erasures_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customers (tenant_id, id) ON DELETE RESTRICT,
    CONSTRAINT chk_erasures_status CHECK (status IN ('PENDING', 'COMPLETED')),
    CONSTRAINT chk_erasures_completed_at CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL))
);

COMMENT ON TABLE erasures IS 'Customers who are forgotten: the intent, and when nothing was left. Kept for ever.';
COMMENT ON COLUMN erasures.tenant_id IS 'The shop.';
COMMENT ON COLUMN erasures.id IS 'The erasure, and the saga that works on it.';
COMMENT ON COLUMN erasures.customer_id IS 'Who is forgotten; one erasure is all that a customer needs.';
COMMENT ON COLUMN erasures.guest_subject_id IS 'As whom they had bought without an account: a keyed hash of the address that was theirs.';
COMMENT ON COLUMN erasures.status IS 'PENDING until nothing readable is left in any service, then COMPLETED.';
COMMENT ON COLUMN erasures.requested_by IS 'Who asked for it: the kind of caller and its id.';
COMMENT ON COLUMN erasures.reason IS 'Why; it names nobody.';
COMMENT ON COLUMN erasures.requested_at IS 'When it was asked for.';
COMMENT ON COLUMN erasures.completed_at IS 'When the keys were destroyed.';

CALL isolate_tenants('erasures');

-- What handlers and sagas did, in their order.

CREATE TABLE effects (
    tenant_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    text text NOT NULL,
    CONSTRAINT effects_pkey PRIMARY KEY (tenant_id, id)
);

CALL isolate_tenants('effects');

COMMENT ON TABLE effects IS 'What handlers and sagas did.';
COMMENT ON COLUMN effects.tenant_id IS 'The tenant.';
COMMENT ON COLUMN effects.id IS 'The order.';
COMMENT ON COLUMN effects.text IS 'What was done.';

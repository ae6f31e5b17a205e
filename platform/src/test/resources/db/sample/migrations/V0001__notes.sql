CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE notes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    text text NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);

CALL isolate_tenants('notes');

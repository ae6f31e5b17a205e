CREATE TABLE effect_versions (
    tenant_id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    raised_in xid8 NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CALL isolate_tenants('effect_versions');
CALL raise_versions_of('effects', 'effect_versions');

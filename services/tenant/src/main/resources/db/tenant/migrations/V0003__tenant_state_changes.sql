-- Who suspended a tenant, or opened it again, and why.

CREATE TABLE tenant_state_changes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    is_active boolean NOT NULL,
    reason varchar(1000) NOT NULL,
    principal_kind varchar(20) NOT NULL,
    principal_id uuid,
    trace_id varchar(64) NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_state_changes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_tenant_state_changes_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT chk_tenant_state_changes_reason CHECK (btrim(reason) <> '')
);

COMMENT ON TABLE tenant_state_changes IS 'Who suspended a tenant or opened it again, when and why. Rows are added and never changed.';
COMMENT ON COLUMN tenant_state_changes.tenant_id IS 'The tenant.';
COMMENT ON COLUMN tenant_state_changes.id IS 'The change.';
COMMENT ON COLUMN tenant_state_changes.is_active IS 'Whether the tenant was open from then on.';
COMMENT ON COLUMN tenant_state_changes.reason IS 'Why, in the words of whoever did it.';
COMMENT ON COLUMN tenant_state_changes.principal_kind IS 'What kind of caller did it.';
COMMENT ON COLUMN tenant_state_changes.principal_id IS 'Who did it.';
COMMENT ON COLUMN tenant_state_changes.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN tenant_state_changes.changed_at IS 'When.';

CALL isolate_tenants('tenant_state_changes');

-- Nobody rewrites history.
DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON tenant_state_changes FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

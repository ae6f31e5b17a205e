-- The host names under which tenants are reached.

CREATE TABLE tenant_hosts (
    host varchar(253) NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_hosts_pkey PRIMARY KEY (host),
    CONSTRAINT fk_tenant_hosts_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT chk_tenant_hosts_host CHECK (host ~ '^[a-z0-9.:-]+$')
);

CREATE INDEX idx_tenant_hosts_tenant_id ON tenant_hosts (tenant_id);

COMMENT ON TABLE tenant_hosts IS 'Platform table: which tenant a host name leads to. An application session sees the bound tenant only.';
COMMENT ON COLUMN tenant_hosts.host IS 'Host name in lower case, without a port; it leads to one tenant.';
COMMENT ON COLUMN tenant_hosts.tenant_id IS 'The tenant that it leads to.';
COMMENT ON COLUMN tenant_hosts.created_at IS 'When the host name was given to the tenant.';

CALL isolate_tenants('tenant_hosts');

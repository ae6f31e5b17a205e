-- Those who sell products of their own in a shop, who works for them, and what the shop keeps of their sales.

CREATE TABLE vendors (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    name        varchar(255)  NOT NULL,
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_vendors_name UNIQUE (tenant_id, name),
    CONSTRAINT chk_vendors_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_vendors_version CHECK (version > 0)
);

COMMENT ON TABLE vendors IS 'Those who sell products of their own in a shop.';
COMMENT ON COLUMN vendors.tenant_id IS 'The shop.';
COMMENT ON COLUMN vendors.id IS 'The vendor.';
COMMENT ON COLUMN vendors.name IS 'What the vendor is called.';
COMMENT ON COLUMN vendors.version IS 'Counts the changes, of the rate too, for optimistic locking.';
COMMENT ON COLUMN vendors.created_at IS 'When the shop admitted the vendor.';
COMMENT ON COLUMN vendors.updated_at IS 'When the row changed last.';

CALL isolate_tenants('vendors');

CREATE TABLE vendor_members (
    tenant_id   uuid          NOT NULL,
    user_id     uuid          NOT NULL,
    vendor_id   uuid          NOT NULL,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT fk_vendor_members_vendor FOREIGN KEY (tenant_id, vendor_id)
        REFERENCES vendors (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_vendor_members_vendor_id ON vendor_members (tenant_id, vendor_id);

COMMENT ON TABLE vendor_members IS 'Who works for which vendor: for one at most.';
COMMENT ON COLUMN vendor_members.tenant_id IS 'The shop.';
COMMENT ON COLUMN vendor_members.user_id IS 'The account, which the auth service keeps, with the role VENDOR.';
COMMENT ON COLUMN vendor_members.vendor_id IS 'The vendor.';
COMMENT ON COLUMN vendor_members.created_at IS 'When the account was given to the vendor.';

CALL isolate_tenants('vendor_members');

CREATE TABLE vendor_commissions (
    tenant_id     uuid         NOT NULL,
    id            uuid         NOT NULL,
    vendor_id     uuid         NOT NULL,
    basis_points  integer      NOT NULL,
    valid_from    timestamptz  NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_vendor_commissions_vendor FOREIGN KEY (tenant_id, vendor_id)
        REFERENCES vendors (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_vendor_commissions_basis_points CHECK (basis_points BETWEEN 0 AND 10000)
);

-- The newest is the present one.
CREATE INDEX idx_vendor_commissions_vendor_id_valid_from
    ON vendor_commissions (tenant_id, vendor_id, valid_from DESC, id DESC) INCLUDE (basis_points);

COMMENT ON TABLE vendor_commissions IS 'What the shop keeps of a vendor''s sales, and since when. Rows are added and never changed.';
COMMENT ON COLUMN vendor_commissions.tenant_id IS 'The shop.';
COMMENT ON COLUMN vendor_commissions.id IS 'The rate.';
COMMENT ON COLUMN vendor_commissions.vendor_id IS 'Whose sales.';
COMMENT ON COLUMN vendor_commissions.basis_points IS 'The shop''s part in hundredths of a percent.';
COMMENT ON COLUMN vendor_commissions.valid_from IS 'Since when, until the next one.';

CALL isolate_tenants('vendor_commissions');
-- Products are told with the present rate.
CALL raise_versions_of('vendor_commissions', 'catalog_versions');

-- Nobody rewrites what was agreed on.
DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON vendor_commissions FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

-- Groups of customers, by which a shop tells whom it takes something off for.
CREATE TABLE customer_groups (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    name        varchar(100)  NOT NULL,
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_customer_groups_name CHECK (name = btrim(name) AND name <> ''),
    CONSTRAINT chk_customer_groups_version CHECK (version > 0)
);

CREATE UNIQUE INDEX uq_customer_groups_name ON customer_groups (tenant_id, lower(name));

COMMENT ON TABLE customer_groups IS 'Groups into which the shop puts customers.';
COMMENT ON COLUMN customer_groups.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_groups.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN customer_groups.name IS 'What the shop calls it; in any case once in a shop.';
COMMENT ON COLUMN customer_groups.version IS 'Counts the changes of the name.';
COMMENT ON COLUMN customer_groups.created_at IS 'When the group was made.';
COMMENT ON COLUMN customer_groups.updated_at IS 'When the name changed last.';

CALL isolate_tenants('customer_groups');
CALL keep_for_the_shop('customer_groups');

CREATE TABLE customer_group_members (
    tenant_id    uuid         NOT NULL,
    group_id     uuid         NOT NULL,
    customer_id  uuid         NOT NULL,
    added_at     timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, group_id, customer_id),
    CONSTRAINT fk_customer_group_members_group FOREIGN KEY (tenant_id, group_id)
        REFERENCES customer_groups (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_customer_group_members_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_customer_group_members_customer_id ON customer_group_members (tenant_id, customer_id, group_id);

COMMENT ON TABLE customer_group_members IS 'Which customers are in which groups. Whoever is forgotten is in none.';
COMMENT ON COLUMN customer_group_members.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_group_members.group_id IS 'The group.';
COMMENT ON COLUMN customer_group_members.customer_id IS 'The customer.';
COMMENT ON COLUMN customer_group_members.added_at IS 'When the customer was put into the group.';

CALL isolate_tenants('customer_group_members');
CALL keep_customers_apart('customer_group_members');

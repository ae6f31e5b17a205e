CREATE TABLE customer_addresses (
    tenant_id      uuid          NOT NULL,
    id             uuid          NOT NULL,
    customer_id    uuid          NOT NULL,
    type           varchar(20)   NOT NULL,
    first_name     varchar(100),
    last_name      varchar(100),
    company        varchar(255),
    address_line1  varchar(255)  NOT NULL,
    address_line2  varchar(255),
    city           varchar(100)  NOT NULL,
    state          varchar(100),
    postal_code    varchar(20),
    country        varchar(2)    NOT NULL,
    phone          varchar(20),
    is_default     boolean       NOT NULL DEFAULT false,
    version        bigint        NOT NULL DEFAULT 1,
    created_at     timestamptz   NOT NULL DEFAULT now(),
    updated_at     timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_customer_addresses_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_customer_addresses_type CHECK (type IN ('shipping', 'billing')),
    CONSTRAINT chk_customer_addresses_address_line1 CHECK (btrim(address_line1) <> ''),
    CONSTRAINT chk_customer_addresses_city CHECK (btrim(city) <> ''),
    CONSTRAINT chk_customer_addresses_country CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT chk_customer_addresses_version CHECK (version > 0)
);

CREATE INDEX idx_customer_addresses_customer_id_id ON customer_addresses (tenant_id, customer_id, id);
CREATE UNIQUE INDEX uq_customer_addresses_default ON customer_addresses (tenant_id, customer_id, type) WHERE is_default;

COMMENT ON TABLE customer_addresses IS 'Where customers have parcels and bills sent.';
COMMENT ON COLUMN customer_addresses.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_addresses.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN customer_addresses.customer_id IS 'The customer.';
COMMENT ON COLUMN customer_addresses.type IS 'shipping or billing.';
COMMENT ON COLUMN customer_addresses.first_name IS 'The first name of the recipient.';
COMMENT ON COLUMN customer_addresses.last_name IS 'The last name of the recipient.';
COMMENT ON COLUMN customer_addresses.company IS 'The company of the recipient.';
COMMENT ON COLUMN customer_addresses.address_line1 IS 'Street and number.';
COMMENT ON COLUMN customer_addresses.address_line2 IS 'What else is needed to find the door.';
COMMENT ON COLUMN customer_addresses.city IS 'The town.';
COMMENT ON COLUMN customer_addresses.state IS 'The state or province.';
COMMENT ON COLUMN customer_addresses.postal_code IS 'The postal code.';
COMMENT ON COLUMN customer_addresses.country IS 'ISO 3166-1 alpha-2; ZZ where it is unknown.';
COMMENT ON COLUMN customer_addresses.phone IS 'A telephone number for the carrier.';
COMMENT ON COLUMN customer_addresses.is_default IS 'Whether a checkout proposes it; at most one address of each type is.';
COMMENT ON COLUMN customer_addresses.version IS 'Counts the changes.';
COMMENT ON COLUMN customer_addresses.created_at IS 'When the row was created.';
COMMENT ON COLUMN customer_addresses.updated_at IS 'When the row was last changed.';
COMMENT ON INDEX idx_customer_addresses_customer_id_id IS 'The addresses of a customer, page by page; serves the foreign key.';
COMMENT ON INDEX uq_customer_addresses_default IS 'One default address of each type a customer.';

CALL isolate_tenants('customer_addresses');

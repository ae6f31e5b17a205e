-- Addresses that customers have saved.

CREATE TABLE customer_addresses (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    type varchar(20) NOT NULL,
    first_name varchar(100),
    last_name varchar(100),
    company varchar(255),
    address_line1 varchar(255) NOT NULL,
    address_line2 varchar(255),
    city varchar(100) NOT NULL,
    state varchar(100),
    postal_code varchar(20),
    country varchar(2) NOT NULL,
    phone varchar(20),
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_addresses_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_customer_addresses_customer FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_customer_addresses_type CHECK (type IN ('shipping', 'billing')),
    CONSTRAINT chk_customer_addresses_country CHECK (country ~ '^[A-Z]{2}$')
);

CREATE INDEX idx_customer_addresses_customer_id ON customer_addresses (tenant_id, customer_id, id);
CREATE UNIQUE INDEX uq_customer_addresses_default ON customer_addresses (tenant_id, customer_id, type) WHERE is_default;

COMMENT ON TABLE customer_addresses IS 'Addresses that customers have saved; at most one default of each type.';
COMMENT ON COLUMN customer_addresses.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_addresses.id IS 'The address.';
COMMENT ON COLUMN customer_addresses.customer_id IS 'Whose address it is.';
COMMENT ON COLUMN customer_addresses.type IS 'shipping or billing.';
COMMENT ON COLUMN customer_addresses.first_name IS 'Given name of the recipient.';
COMMENT ON COLUMN customer_addresses.last_name IS 'Family name of the recipient.';
COMMENT ON COLUMN customer_addresses.company IS 'Company of the recipient.';
COMMENT ON COLUMN customer_addresses.address_line1 IS 'Street and number.';
COMMENT ON COLUMN customer_addresses.address_line2 IS 'What the first line has no room for.';
COMMENT ON COLUMN customer_addresses.city IS 'City.';
COMMENT ON COLUMN customer_addresses.state IS 'State or province.';
COMMENT ON COLUMN customer_addresses.postal_code IS 'Postal code.';
COMMENT ON COLUMN customer_addresses.country IS 'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN customer_addresses.phone IS 'Phone number for the delivery.';
COMMENT ON COLUMN customer_addresses.is_default IS 'Whether it is the one to be proposed.';
COMMENT ON COLUMN customer_addresses.created_at IS 'When it was saved.';
COMMENT ON COLUMN customer_addresses.updated_at IS 'When it changed last.';

CALL isolate_tenants('customer_addresses');

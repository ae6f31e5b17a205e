-- Where orders go, as it was when they were placed.

CREATE TABLE order_addresses (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    order_id      uuid NOT NULL,
    address_type  text NOT NULL,
    first_name    text,
    last_name     text,
    company       text,
    address_line1 text NOT NULL,
    address_line2 text,
    city          text NOT NULL,
    state         text,
    postal_code   text,
    country       text NOT NULL,
    phone         text,
    CONSTRAINT order_addresses_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_addresses_address_type UNIQUE (tenant_id, order_id, address_type),
    CONSTRAINT fk_order_addresses_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_addresses_address_type CHECK (address_type IN ('shipping', 'billing')),
    CONSTRAINT chk_order_addresses_country CHECK (country ~ '^[A-Z]{2}$')
);

CALL isolate_tenants('order_addresses');

COMMENT ON TABLE order_addresses IS 'Addresses of orders, as they were when the order was placed';
COMMENT ON COLUMN order_addresses.tenant_id IS 'The shop';
COMMENT ON COLUMN order_addresses.id IS 'The address';
COMMENT ON COLUMN order_addresses.order_id IS 'The order';
COMMENT ON COLUMN order_addresses.address_type IS 'shipping or billing';
COMMENT ON COLUMN order_addresses.first_name IS 'First name of the recipient';
COMMENT ON COLUMN order_addresses.last_name IS 'Last name of the recipient';
COMMENT ON COLUMN order_addresses.company IS 'Company of the recipient';
COMMENT ON COLUMN order_addresses.address_line1 IS 'Street and number';
COMMENT ON COLUMN order_addresses.address_line2 IS 'Addition to the street';
COMMENT ON COLUMN order_addresses.city IS 'City';
COMMENT ON COLUMN order_addresses.state IS 'State or province';
COMMENT ON COLUMN order_addresses.postal_code IS 'Postal code';
COMMENT ON COLUMN order_addresses.country IS 'ISO 3166-1 alpha-2 code; ZZ where it is unknown';
COMMENT ON COLUMN order_addresses.phone IS 'Telephone number of the recipient';

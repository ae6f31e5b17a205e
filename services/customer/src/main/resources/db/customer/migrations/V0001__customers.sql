-- The people who buy.

CREATE TABLE customers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    customer_number varchar(50) NOT NULL,
    email varchar(255) NOT NULL,
    is_registered boolean NOT NULL DEFAULT false,
    phone varchar(20),
    first_name varchar(100),
    last_name varchar(100),
    date_of_birth date,
    gender varchar(10),
    country varchar(2),
    status varchar(20) NOT NULL DEFAULT 'active',
    email_verified boolean NOT NULL DEFAULT false,
    phone_verified boolean NOT NULL DEFAULT false,
    marketing_consent boolean NOT NULL DEFAULT false,
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT customers_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_customers_customer_number CHECK (customer_number ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
    CONSTRAINT chk_customers_email_format CHECK (email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$'),
    CONSTRAINT chk_customers_phone_format CHECK (phone ~ '^\+?[1-9][0-9]{1,14}$'),
    CONSTRAINT chk_customers_date_of_birth CHECK (date_of_birth <= current_date - interval '13 years'),
    CONSTRAINT chk_customers_gender CHECK (gender IN ('female', 'male', 'diverse')),
    CONSTRAINT chk_customers_country CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT chk_customers_status CHECK (status IN ('active', 'inactive', 'blocked')),
    CONSTRAINT chk_customers_metadata CHECK (jsonb_typeof(metadata) = 'object'),
    CONSTRAINT chk_customers_version CHECK (version >= 1)
);

CREATE UNIQUE INDEX uq_customers_customer_number ON customers (tenant_id, customer_number) WHERE deleted_at IS NULL;
-- The address of a record that a shop has imported proves nothing, so it neither blocks nor claims a registration.
CREATE UNIQUE INDEX uq_customers_email ON customers (tenant_id, lower(email), is_registered) WHERE deleted_at IS NULL;

COMMENT ON TABLE customers IS 'The people who buy: those who registered, and those whom the shop has entered.';
COMMENT ON COLUMN customers.tenant_id IS 'The shop.';
COMMENT ON COLUMN customers.id IS 'That of the user where the customer has registered.';
COMMENT ON COLUMN customers.customer_number IS 'The number as people read it, unique among the not deleted.';
COMMENT ON COLUMN customers.email IS 'E-mail address, compared without case; that of a registered customer changes with its account only.';
COMMENT ON COLUMN customers.is_registered IS 'Whether there is an account that can log in.';
COMMENT ON COLUMN customers.phone IS 'Phone number: an optional plus sign and up to 15 digits.';
COMMENT ON COLUMN customers.first_name IS 'Given name.';
COMMENT ON COLUMN customers.last_name IS 'Family name.';
COMMENT ON COLUMN customers.date_of_birth IS 'Birth date; a customer is at least 13 years old.';
COMMENT ON COLUMN customers.gender IS 'female, male or diverse.';
COMMENT ON COLUMN customers.country IS 'Country of residence, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN customers.status IS 'active, inactive or blocked.';
COMMENT ON COLUMN customers.email_verified IS 'Whether the e-mail address was shown to be the customer''s.';
COMMENT ON COLUMN customers.phone_verified IS 'Whether the phone number was shown to be the customer''s.';
COMMENT ON COLUMN customers.marketing_consent IS 'Whether the customer wants to be written to.';
COMMENT ON COLUMN customers.metadata IS 'What the shop keeps in addition, a JSON object.';
COMMENT ON COLUMN customers.version IS 'Counts the changes of the customer and its addresses, for optimistic locking.';
COMMENT ON COLUMN customers.created_at IS 'When the customer was created.';
COMMENT ON COLUMN customers.updated_at IS 'When the row changed last.';
COMMENT ON COLUMN customers.deleted_at IS 'When the customer was deleted; the row is kept for its orders.';

CALL isolate_tenants('customers');

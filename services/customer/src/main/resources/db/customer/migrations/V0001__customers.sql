CREATE TABLE customers (
    tenant_id             uuid          NOT NULL,
    id                    uuid          NOT NULL,
    customer_number       varchar(50)   NOT NULL,
    email                 varchar(255)  NOT NULL,
    phone                 varchar(20),
    first_name            varchar(100),
    last_name             varchar(100),
    date_of_birth         date,
    gender                varchar(10),
    status                varchar(20)   NOT NULL DEFAULT 'active',
    email_verified        boolean       NOT NULL DEFAULT false,
    phone_verified        boolean       NOT NULL DEFAULT false,
    marketing_consent     boolean       NOT NULL DEFAULT false,
    marketing_consent_at  timestamptz,
    metadata              jsonb         NOT NULL DEFAULT '{}',
    version               bigint        NOT NULL DEFAULT 1,
    created_at            timestamptz   NOT NULL DEFAULT now(),
    updated_at            timestamptz   NOT NULL DEFAULT now(),
    deleted_at            timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_customers_customer_number UNIQUE (tenant_id, customer_number),
    CONSTRAINT chk_customers_customer_number CHECK (btrim(customer_number) <> ''),
    CONSTRAINT chk_customers_email CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    CONSTRAINT chk_customers_phone CHECK (phone ~ '[0-9]'),
    -- Who was old enough stays so, therefore a check that reads the clock never invalidates a row.
    CONSTRAINT chk_customers_date_of_birth CHECK (
        date_of_birth > DATE '1900-01-01'
        AND date_of_birth <= (now() AT TIME ZONE 'UTC')::date - INTERVAL '13 years'),
    CONSTRAINT chk_customers_gender CHECK (gender IN ('female', 'male', 'other')),
    CONSTRAINT chk_customers_status CHECK (status IN ('active', 'inactive', 'blocked')),
    CONSTRAINT chk_customers_phone_verified CHECK (NOT phone_verified OR phone IS NOT NULL),
    CONSTRAINT chk_customers_marketing_consent CHECK (marketing_consent = (marketing_consent_at IS NOT NULL)),
    CONSTRAINT chk_customers_metadata CHECK (jsonb_typeof(metadata) = 'object'),
    CONSTRAINT chk_customers_version CHECK (version > 0),
    CONSTRAINT chk_customers_deleted_at CHECK (deleted_at >= created_at)
);

CREATE UNIQUE INDEX uq_customers_email ON customers (tenant_id, lower(email)) WHERE deleted_at IS NULL;

COMMENT ON TABLE customers IS 'The people who buy.';
COMMENT ON COLUMN customers.tenant_id IS 'The shop.';
COMMENT ON COLUMN customers.id IS 'Identifier, UUIDv7; that of the user where the customer registered.';
COMMENT ON COLUMN customers.customer_number IS 'The number as people read it, unique in the shop, deleted customers included.';
COMMENT ON COLUMN customers.email IS 'The e-mail address as it was given, unique among those not deleted whatever its case.';
COMMENT ON COLUMN customers.phone IS 'The telephone number.';
COMMENT ON COLUMN customers.first_name IS 'The first name.';
COMMENT ON COLUMN customers.last_name IS 'The last name.';
COMMENT ON COLUMN customers.date_of_birth IS 'The date of birth; a customer is at least 13 years old.';
COMMENT ON COLUMN customers.gender IS 'female, male or other; NULL where it was not said.';
COMMENT ON COLUMN customers.status IS 'active, inactive or blocked.';
COMMENT ON COLUMN customers.email_verified IS 'Whether the customer has proven to read this e-mail address.';
COMMENT ON COLUMN customers.phone_verified IS 'Whether the customer has proven to answer this telephone number.';
COMMENT ON COLUMN customers.marketing_consent IS 'Whether the customer agreed to be sent advertising.';
COMMENT ON COLUMN customers.marketing_consent_at IS 'When the customer agreed to it; NULL without consent.';
COMMENT ON COLUMN customers.metadata IS 'What the shop notes further, a JSON object.';
COMMENT ON COLUMN customers.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN customers.created_at IS 'When the row was created.';
COMMENT ON COLUMN customers.updated_at IS 'When the row was last changed.';
COMMENT ON COLUMN customers.deleted_at IS 'When the customer was deleted; NULL while there.';
COMMENT ON INDEX uq_customers_email IS 'One customer an e-mail address among those not deleted.';

CALL isolate_tenants('customers');

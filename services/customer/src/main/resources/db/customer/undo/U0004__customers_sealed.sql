-- What was sealed stays unreadable: the version before begins with new customers.
ALTER TABLE customer_addresses
    DROP COLUMN address_sealed,
    ADD COLUMN first_name varchar(100),
    ADD COLUMN last_name varchar(100),
    ADD COLUMN company varchar(255),
    ADD COLUMN address_line1 varchar(255),
    ADD COLUMN address_line2 varchar(255),
    ADD COLUMN city varchar(100),
    ADD COLUMN state varchar(100),
    ADD COLUMN postal_code varchar(20),
    ADD COLUMN phone varchar(20);
ALTER TABLE customers
    DROP COLUMN person_sealed,
    DROP COLUMN email_index,
    DROP COLUMN erased_at,
    ADD COLUMN email varchar(255),
    ADD COLUMN phone varchar(20),
    ADD COLUMN first_name varchar(100),
    ADD COLUMN last_name varchar(100),
    ADD COLUMN date_of_birth date,
    ADD COLUMN gender varchar(10),
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX uq_customers_email ON customers (tenant_id, lower(email), is_registered) WHERE deleted_at IS NULL;

-- What tells who a customer is and where they live, is sealed by the application; addresses of mail are found by a blind index.

DO $$
BEGIN
    IF EXISTS (SELECT FROM customers) THEN
        RAISE EXCEPTION 'customer_db holds people in clear: they cannot be sealed by SQL, and no released version wrote any'
            USING HINT = 'Start with an empty data directory.';
    END IF;
END;
$$;

ALTER TABLE customers
    ADD COLUMN email_index varchar(64),
    ADD COLUMN person_sealed text,
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT chk_customers_email_index CHECK (email_index ~ '^[0-9a-f]{64}$') NOT VALID,
    ADD CONSTRAINT chk_customers_person_sealed CHECK (person_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID,
    ADD CONSTRAINT chk_customers_sealed_until_erased CHECK
        ((erased_at IS NULL) = (email_index IS NOT NULL) AND (erased_at IS NULL) = (person_sealed IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT chk_customers_erased_at CHECK (erased_at IS NULL OR deleted_at IS NOT NULL) NOT VALID;

-- Contract: no version was released that wrote them, and the table is empty.
ALTER TABLE customers
    DROP COLUMN email,
    DROP COLUMN phone,
    DROP COLUMN first_name,
    DROP COLUMN last_name,
    DROP COLUMN date_of_birth,
    DROP COLUMN gender,
    DROP COLUMN metadata;

COMMENT ON COLUMN customers.email_index IS 'HMAC-SHA-256 of the e-mail address in lower case under the shop''s index key, in hexadecimal; none once the customer was erased.';
COMMENT ON COLUMN customers.person_sealed IS 'E-mail address, phone, names, birth date, gender and what the shop keeps in addition, sealed by the customer''s key; none once the customer was erased.';
COMMENT ON COLUMN customers.erased_at IS 'When whatever tells who it was went; the row is kept for its orders.';

ALTER TABLE customer_addresses
    ADD COLUMN address_sealed text,
    ADD CONSTRAINT chk_customer_addresses_address_sealed CHECK
        (address_sealed IS NOT NULL AND address_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;

-- Contract: no version was released that wrote them, and the table is empty.
ALTER TABLE customer_addresses
    DROP COLUMN first_name,
    DROP COLUMN last_name,
    DROP COLUMN company,
    DROP COLUMN address_line1,
    DROP COLUMN address_line2,
    DROP COLUMN city,
    DROP COLUMN state,
    DROP COLUMN postal_code,
    DROP COLUMN phone;

COMMENT ON COLUMN customer_addresses.address_sealed IS 'Recipient, street, city, state, postal code and phone, sealed by the customer''s key.';

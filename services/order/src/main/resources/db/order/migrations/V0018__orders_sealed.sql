-- To whom an order goes, is sealed by the application; the country stays readable, since taxes and reports depend on it.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders) THEN
        RAISE EXCEPTION 'order_db holds people in clear: they cannot be sealed by SQL, and no released version wrote any'
            USING HINT = 'Start with an empty data directory.';
    END IF;
END;
$$;

ALTER TABLE orders
    ADD COLUMN subject_id uuid,
    ADD COLUMN email_sealed text,
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT chk_orders_subject_id CHECK (subject_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT chk_orders_email_sealed CHECK (email_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID,
    ADD CONSTRAINT chk_orders_sealed_until_erased CHECK ((erased_at IS NULL) = (email_sealed IS NOT NULL)) NOT VALID;

-- Contract: no version was released that wrote it, and the table is empty.
ALTER TABLE orders DROP COLUMN email;

COMMENT ON COLUMN orders.subject_id IS 'By whose key it is sealed: the customer''s, or that of the guest''s e-mail address';
COMMENT ON COLUMN orders.email_sealed IS 'Where the confirmation goes, sealed; none once the buyer was erased';
COMMENT ON COLUMN orders.erased_at IS 'When whatever tells who bought went; what was bought and paid stays';

ALTER TABLE order_addresses
    ADD COLUMN address_sealed text,
    ADD CONSTRAINT chk_order_addresses_address_sealed CHECK
        (address_sealed IS NOT NULL AND address_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;

-- Contract: no version was released that wrote them, and the table is empty.
ALTER TABLE order_addresses
    DROP COLUMN first_name,
    DROP COLUMN last_name,
    DROP COLUMN company,
    DROP COLUMN address_line1,
    DROP COLUMN address_line2,
    DROP COLUMN city,
    DROP COLUMN state,
    DROP COLUMN postal_code,
    DROP COLUMN phone;

COMMENT ON TABLE order_addresses IS 'Addresses of orders, as they were when the order was placed, until the buyer is erased';
COMMENT ON COLUMN order_addresses.address_sealed IS 'Recipient, street, city, state, postal code and telephone number, sealed by the buyer''s key';

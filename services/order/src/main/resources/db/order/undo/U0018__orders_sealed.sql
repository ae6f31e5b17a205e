-- What was sealed stays unreadable: the version before begins with new orders.
ALTER TABLE order_addresses
    DROP COLUMN address_sealed,
    ADD COLUMN first_name text,
    ADD COLUMN last_name text,
    ADD COLUMN company text,
    ADD COLUMN address_line1 text,
    ADD COLUMN address_line2 text,
    ADD COLUMN city text,
    ADD COLUMN state text,
    ADD COLUMN postal_code text,
    ADD COLUMN phone text;
ALTER TABLE orders
    DROP COLUMN subject_id,
    DROP COLUMN email_sealed,
    DROP COLUMN erased_at,
    ADD COLUMN email text;

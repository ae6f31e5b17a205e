-- What was sealed stays unreadable: the version before begins with new checkouts.
ALTER TABLE checkout_sessions
    DROP CONSTRAINT chk_checkout_sessions_payment_token_sealed,
    DROP COLUMN subject_id,
    DROP COLUMN contact_sealed,
    ADD COLUMN email text,
    ADD COLUMN shipping_address jsonb,
    ADD COLUMN billing_address jsonb;

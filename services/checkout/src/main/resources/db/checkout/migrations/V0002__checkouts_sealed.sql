-- Who buys, where the goods go and with what it is paid, is sealed by the application.

DO $$
BEGIN
    IF EXISTS (SELECT FROM checkout_sessions) THEN
        RAISE EXCEPTION 'checkout_db holds people in clear: they cannot be sealed by SQL, and no released version wrote any'
            USING HINT = 'Start with an empty data directory.';
    END IF;
END;
$$;

ALTER TABLE checkout_sessions
    ADD COLUMN subject_id uuid,
    ADD COLUMN contact_sealed text,
    ADD CONSTRAINT chk_checkout_sessions_subject_id CHECK (subject_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT chk_checkout_sessions_contact_sealed CHECK
        (contact_sealed IS NOT NULL AND contact_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID,
    ADD CONSTRAINT chk_checkout_sessions_payment_token_sealed CHECK (payment_token ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;

-- Contract: no version was released that wrote them, and the table is empty.
ALTER TABLE checkout_sessions
    DROP COLUMN email,
    DROP COLUMN shipping_address,
    DROP COLUMN billing_address;

COMMENT ON COLUMN checkout_sessions.subject_id IS 'By whose key it is sealed: the customer''s, or that of the guest''s e-mail address';
COMMENT ON COLUMN checkout_sessions.contact_sealed IS 'Where the confirmation, the goods and the invoice go, sealed';
COMMENT ON COLUMN checkout_sessions.payment_token IS
    'The provider''s token of the means of payment, never a card number, sealed; kept only while COMPLETING, for a recovery';

-- What tells who a user is, is sealed by the application; addresses are found by a blind index.

DO $$
BEGIN
    IF EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM outgoing_mails) THEN
        RAISE EXCEPTION 'auth_db holds people in clear: they cannot be sealed by SQL, and no released version wrote any'
            USING HINT = 'Start with an empty data directory.';
    END IF;
END;
$$;

ALTER TABLE users
    ADD COLUMN email_index varchar(64),
    ADD COLUMN person_sealed text,
    ADD CONSTRAINT chk_users_email_index CHECK (email_index ~ '^[0-9a-f]{64}$') NOT VALID,
    ADD CONSTRAINT chk_users_person_sealed CHECK (person_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID,
    ADD CONSTRAINT chk_users_sealed_while_there CHECK
        (deleted_at IS NOT NULL OR (email_index IS NOT NULL AND person_sealed IS NOT NULL)) NOT VALID;

-- Contract: no version was released that wrote it, and the table is empty.
ALTER TABLE users DROP COLUMN email, DROP COLUMN first_name, DROP COLUMN last_name;

COMMENT ON COLUMN users.email_index IS 'HMAC-SHA-256 of the e-mail address in lower case under the shop''s index key, in hexadecimal; unique among the not deleted.';
COMMENT ON COLUMN users.person_sealed IS 'E-mail address as it was typed and names, sealed by the user''s key; none once the account is deleted.';
COMMENT ON COLUMN outgoing_mails.content_encrypted IS 'Address, subject and text, sealed by the user''s key. None once the mail has left.';
COMMENT ON COLUMN login_attempts.email_hash IS 'The blind index of the address, see users.email_index.';
COMMENT ON COLUMN mail_requests.email_hash IS 'The blind index of the address, see users.email_index.';

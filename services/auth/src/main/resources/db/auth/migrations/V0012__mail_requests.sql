-- How many mails were asked for to an address, whether or not it has an account: the limit must not tell which have one.

CREATE TABLE mail_requests (
    tenant_id uuid NOT NULL,
    email_hash varchar(64) NOT NULL,
    kind varchar(30) NOT NULL,
    requests integer NOT NULL,
    counted_from timestamptz NOT NULL,
    CONSTRAINT mail_requests_pkey PRIMARY KEY (tenant_id, email_hash, kind),
    CONSTRAINT chk_mail_requests_email_hash CHECK (email_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_mail_requests_kind CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET')),
    CONSTRAINT chk_mail_requests_requests CHECK (requests >= 1)
);

COMMENT ON TABLE mail_requests IS 'Mails that anybody asked to be sent to an address, counted by the hour.';
COMMENT ON COLUMN mail_requests.tenant_id IS 'The shop.';
COMMENT ON COLUMN mail_requests.email_hash IS 'SHA-256 of the address in lower case, in hexadecimal.';
COMMENT ON COLUMN mail_requests.kind IS 'EMAIL_VERIFICATION or PASSWORD_RESET.';
COMMENT ON COLUMN mail_requests.requests IS 'How many since counted_from.';
COMMENT ON COLUMN mail_requests.counted_from IS 'When the hour began.';

CALL isolate_tenants('mail_requests');

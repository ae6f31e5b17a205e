-- Mails that are to be sent: written in the transaction that causes them, sent by a job.

CREATE TABLE outgoing_mails (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind varchar(30) NOT NULL,
    content_encrypted text,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error varchar(200),
    sent_at timestamptz,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT outgoing_mails_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_outgoing_mails_user FOREIGN KEY (tenant_id, user_id)
        REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_outgoing_mails_kind CHECK (kind IN ('EMAIL_VERIFICATION', 'PASSWORD_RESET')),
    CONSTRAINT chk_outgoing_mails_attempts CHECK (attempts >= 0),
    CONSTRAINT chk_outgoing_mails_content CHECK (content_encrypted IS NOT NULL OR sent_at IS NOT NULL),
    CONSTRAINT chk_outgoing_mails_expires_at CHECK (expires_at > created_at)
);

CREATE INDEX idx_outgoing_mails_user_id ON outgoing_mails (tenant_id, user_id);
-- Small, whatever has been sent: the job reads it whole.
CREATE INDEX idx_outgoing_mails_unsent ON outgoing_mails (next_attempt_at) WHERE sent_at IS NULL;

COMMENT ON TABLE outgoing_mails IS 'Mails to people, until some days after they were sent. Each is sent at least once, always with the same Message-ID.';
COMMENT ON COLUMN outgoing_mails.tenant_id IS 'The shop.';
COMMENT ON COLUMN outgoing_mails.id IS 'The mail; its Message-ID is made of it.';
COMMENT ON COLUMN outgoing_mails.user_id IS 'Whom it is for.';
COMMENT ON COLUMN outgoing_mails.kind IS 'EMAIL_VERIFICATION or PASSWORD_RESET.';
COMMENT ON COLUMN outgoing_mails.content_encrypted IS 'Address, subject and text: nonce, then AES-256-GCM, bound to the id; in Base64. None once the mail has left.';
COMMENT ON COLUMN outgoing_mails.attempts IS 'How often it was taken up; whoever has taken it up since tells what became of it.';
COMMENT ON COLUMN outgoing_mails.next_attempt_at IS 'Not before then is it taken up again.';
COMMENT ON COLUMN outgoing_mails.last_error IS 'Why the last attempt failed; names no person.';
COMMENT ON COLUMN outgoing_mails.sent_at IS 'When the mail server took it, or it was put into the folder.';
COMMENT ON COLUMN outgoing_mails.expires_at IS 'When what it brings is worth nothing any more; then it is not sent.';
COMMENT ON COLUMN outgoing_mails.created_at IS 'When it was caused.';

CALL isolate_tenants('outgoing_mails');

-- One-time passwords by time (RFC 6238) that people show beside their password.

CREATE TABLE second_factors (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    secret_encrypted text NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    CONSTRAINT second_factors_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT fk_second_factors_user FOREIGN KEY (tenant_id, user_id)
        REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_second_factors_last_step CHECK (last_step >= 0)
);

COMMENT ON TABLE second_factors IS 'Second factors; one that is not confirmed yet is asked of nobody.';
COMMENT ON COLUMN second_factors.tenant_id IS 'The shop.';
COMMENT ON COLUMN second_factors.user_id IS 'Whose it is.';
COMMENT ON COLUMN second_factors.secret_encrypted IS 'The shared secret: nonce, then AES-256-GCM, bound to the user; in Base64.';
COMMENT ON COLUMN second_factors.confirmed_at IS 'When the person showed a code for the first time; it is asked from then on.';
COMMENT ON COLUMN second_factors.last_step IS 'The time step of the last code that was accepted: neither it nor an earlier one counts again.';
COMMENT ON COLUMN second_factors.created_at IS 'When the secret was made.';

CALL isolate_tenants('second_factors');

CREATE TABLE recovery_codes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    code_hash varchar(64) NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_recovery_codes_code_hash UNIQUE (tenant_id, user_id, code_hash),
    CONSTRAINT fk_recovery_codes_second_factor FOREIGN KEY (tenant_id, user_id)
        REFERENCES second_factors (tenant_id, user_id) ON DELETE CASCADE,
    CONSTRAINT chk_recovery_codes_code_hash CHECK (code_hash ~ '^[0-9a-f]{64}$')
);

COMMENT ON TABLE recovery_codes IS 'Codes for whoever has lost the second factor, as hashes only; a row is deleted when it is used.';
COMMENT ON COLUMN recovery_codes.tenant_id IS 'The shop.';
COMMENT ON COLUMN recovery_codes.id IS 'The row.';
COMMENT ON COLUMN recovery_codes.user_id IS 'Whose it is.';
COMMENT ON COLUMN recovery_codes.code_hash IS 'SHA-256 of the code without its hyphens, in hexadecimal.';
COMMENT ON COLUMN recovery_codes.created_at IS 'When it was handed out.';

CALL isolate_tenants('recovery_codes');

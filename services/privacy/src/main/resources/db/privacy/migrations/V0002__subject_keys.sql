-- One key a person: destroyed with it is whatever was ever sealed by it, wherever copies of that are.

CREATE TABLE subject_keys (
    tenant_id          uuid        NOT NULL,
    id                 uuid        NOT NULL,
    subject_id         uuid        NOT NULL,
    kind               text        NOT NULL,
    tenant_key_version integer,
    wrapped_key        text,
    created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at       timestamptz,
    destroyed_by       text,
    destruction_reason text,
    CONSTRAINT subject_keys_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_subject_keys_tenant_keys FOREIGN KEY (tenant_id, tenant_key_version)
        REFERENCES tenant_keys (tenant_id, version) ON DELETE RESTRICT,
    CONSTRAINT chk_subject_keys_kind CHECK (kind IN ('ACCOUNT', 'GUEST')),
    CONSTRAINT chk_subject_keys_wrapped_key CHECK ((destroyed_at IS NULL) = (wrapped_key IS NOT NULL)),
    CONSTRAINT chk_subject_keys_tenant_key_version CHECK ((destroyed_at IS NULL) = (tenant_key_version IS NOT NULL)),
    CONSTRAINT chk_subject_keys_destruction CHECK
        (num_nonnulls(destroyed_at, destroyed_by, destruction_reason) IN (0, 3))
);

CREATE UNIQUE INDEX uq_subject_keys_live ON subject_keys (tenant_id, subject_id) WHERE destroyed_at IS NULL;
CREATE INDEX idx_subject_keys_subject_id ON subject_keys (tenant_id, subject_id) WHERE destroyed_at IS NOT NULL;
-- What is still wrapped by a version, in pages.
CREATE INDEX idx_subject_keys_tenant_key_version ON subject_keys (tenant_id, tenant_key_version, id)
    WHERE tenant_key_version IS NOT NULL;

COMMENT ON TABLE subject_keys IS 'The data keys of people, wrapped. A destroyed one leaves a row without the key.';
COMMENT ON COLUMN subject_keys.tenant_id IS 'The shop.';
COMMENT ON COLUMN subject_keys.id IS 'The key; every value that it sealed names it.';
COMMENT ON COLUMN subject_keys.subject_id IS 'Whose key it is: a user or customer, or a keyed hash of a guest''s e-mail address.';
COMMENT ON COLUMN subject_keys.kind IS 'ACCOUNT, which gets no other key once it was erased, or GUEST.';
COMMENT ON COLUMN subject_keys.tenant_key_version IS 'Which key of the shop wraps it.';
COMMENT ON COLUMN subject_keys.wrapped_key IS 'The key, encrypted by the shop''s and bound to shop, person and id, in Base64; none once it is destroyed.';
COMMENT ON COLUMN subject_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN subject_keys.destroyed_at IS 'When it was destroyed.';
COMMENT ON COLUMN subject_keys.destroyed_by IS 'Who decided that: the kind of caller and its id.';
COMMENT ON COLUMN subject_keys.destruction_reason IS 'Why; it names nobody.';

CALL isolate_tenants('subject_keys');

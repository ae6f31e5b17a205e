-- The keys that sign access tokens, the same for all shops.

CREATE TABLE signing_keys (
    generation bigint NOT NULL,
    id uuid NOT NULL,
    public_jwk text NOT NULL,
    private_jwk_encrypted text NOT NULL,
    signs_from timestamptz NOT NULL,
    signs_until timestamptz NOT NULL,
    verifies_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT signing_keys_pkey PRIMARY KEY (generation),
    CONSTRAINT uq_signing_keys_id UNIQUE (id),
    CONSTRAINT chk_signing_keys_generation CHECK (generation >= 1),
    CONSTRAINT chk_signing_keys_times CHECK (signs_from < signs_until AND signs_until < verifies_until)
);

COMMENT ON TABLE signing_keys IS 'Platform table: keys of access tokens. Only the worker role reaches it.';
COMMENT ON COLUMN signing_keys.generation IS 'Counts the keys; two nodes that make the next key meet here, and one wins.';
COMMENT ON COLUMN signing_keys.id IS 'Named in access tokens as kid.';
COMMENT ON COLUMN signing_keys.public_jwk IS 'The public key as JSON Web Key.';
COMMENT ON COLUMN signing_keys.private_jwk_encrypted IS 'The key pair as JSON Web Key: nonce, then AES-256-GCM, bound to the id; in Base64.';
COMMENT ON COLUMN signing_keys.signs_from IS 'From when on it signs; it is published before.';
COMMENT ON COLUMN signing_keys.signs_until IS 'When the next key takes over.';
COMMENT ON COLUMN signing_keys.verifies_until IS 'Until when it is published; all tokens that it signed have expired by then.';
COMMENT ON COLUMN signing_keys.created_at IS 'When it was made.';

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON signing_keys FROM %I, %I', service_role('app'), service_role('readonly'));
END;
$$;

-- How far the change from one key of a shop to the next has come.

CREATE TABLE key_rotations (
    tenant_id    uuid        NOT NULL,
    id           uuid        NOT NULL,
    from_version integer     NOT NULL,
    to_version   integer     NOT NULL,
    state        text        NOT NULL DEFAULT 'running',
    rewrapped    bigint      NOT NULL DEFAULT 0,
    started_by   text        NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at  timestamptz,
    CONSTRAINT key_rotations_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_key_rotations_to_version FOREIGN KEY (tenant_id, to_version)
        REFERENCES tenant_keys (tenant_id, version) ON DELETE RESTRICT,
    CONSTRAINT chk_key_rotations_versions CHECK (to_version = from_version + 1),
    CONSTRAINT chk_key_rotations_state CHECK (state IN ('running', 'done')),
    CONSTRAINT chk_key_rotations_finished_at CHECK ((state = 'done') = (finished_at IS NOT NULL)),
    CONSTRAINT chk_key_rotations_rewrapped CHECK (rewrapped >= 0)
);

CREATE UNIQUE INDEX uq_key_rotations_running ON key_rotations (tenant_id) WHERE state = 'running';
CREATE UNIQUE INDEX uq_key_rotations_from_version ON key_rotations (tenant_id, from_version);
CREATE UNIQUE INDEX uq_key_rotations_to_version ON key_rotations (tenant_id, to_version);

COMMENT ON TABLE key_rotations IS 'Changes of the keys of shops; at most one runs in a shop, by whichever process.';
COMMENT ON COLUMN key_rotations.tenant_id IS 'The shop.';
COMMENT ON COLUMN key_rotations.id IS 'The rotation.';
COMMENT ON COLUMN key_rotations.from_version IS 'The key that is to be retired: the one before to_version.';
COMMENT ON COLUMN key_rotations.to_version IS 'The key by which everything is wrapped instead.';
COMMENT ON COLUMN key_rotations.state IS 'running or done.';
COMMENT ON COLUMN key_rotations.rewrapped IS 'How many keys of people have changed over.';
COMMENT ON COLUMN key_rotations.started_by IS 'Who asked for it: the kind of caller and its id.';
COMMENT ON COLUMN key_rotations.started_at IS 'When it began.';
COMMENT ON COLUMN key_rotations.updated_at IS 'When the last page was written.';
COMMENT ON COLUMN key_rotations.finished_at IS 'When the old key was retired.';

CALL isolate_tenants('key_rotations');

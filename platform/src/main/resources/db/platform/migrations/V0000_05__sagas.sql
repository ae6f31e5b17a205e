-- Work that spans services, and how far it came.

CREATE TABLE saga_instances (
    tenant_id uuid NOT NULL,
    saga_id uuid NOT NULL,
    saga_type varchar(100) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'started',
    current_step integer NOT NULL DEFAULT 0,
    saga_data jsonb NOT NULL,
    compensation_data jsonb,
    trace_id text NOT NULL,
    lease_owner uuid,
    lease_token bigint NOT NULL DEFAULT 1,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT saga_instances_pkey PRIMARY KEY (tenant_id, saga_id),
    CONSTRAINT chk_saga_instances_status
        CHECK (status IN ('started', 'completed', 'compensating', 'compensated', 'failed')),
    CONSTRAINT chk_saga_instances_current_step CHECK (current_step >= 0),
    CONSTRAINT chk_saga_instances_attempts CHECK (attempts >= 0),
    CONSTRAINT chk_saga_instances_lease CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CONSTRAINT chk_saga_instances_compensation
        CHECK (status NOT IN ('compensating', 'compensated') OR compensation_data IS NOT NULL)
);

CREATE INDEX idx_saga_instances_tenant_id_saga_type_status
    ON saga_instances (tenant_id, saga_type, status);
-- A recovery looks for due sagas of all tenants.
CREATE INDEX idx_saga_instances_saga_type_next_attempt_at
    ON saga_instances (saga_type, next_attempt_at) WHERE status IN ('started', 'compensating');

CALL isolate_tenants('saga_instances');

COMMENT ON TABLE saga_instances IS 'Work that spans services. Whoever holds the lease runs it.';
COMMENT ON COLUMN saga_instances.tenant_id IS 'The tenant for whom it works.';
COMMENT ON COLUMN saga_instances.saga_id IS 'The saga.';
COMMENT ON COLUMN saga_instances.saga_type IS 'What kind of work it is.';
COMMENT ON COLUMN saga_instances.status IS 'started and compensating are under way; failed waits for an operator.';
COMMENT ON COLUMN saga_instances.current_step IS 'How many steps are stored as done and not undone.';
COMMENT ON COLUMN saga_instances.saga_data IS 'The state that the steps share; it holds no secrets.';
COMMENT ON COLUMN saga_instances.compensation_data IS 'Which step was refused, and why.';
COMMENT ON COLUMN saga_instances.trace_id IS 'The trace that began it.';
COMMENT ON COLUMN saga_instances.lease_owner IS 'The node that runs it.';
COMMENT ON COLUMN saga_instances.lease_token IS 'Grows whenever the saga changes hands; what an earlier holder writes is refused.';
COMMENT ON COLUMN saga_instances.lease_until IS 'After this time any node may take it up.';
COMMENT ON COLUMN saga_instances.attempts IS 'How often the current step was suspended.';
COMMENT ON COLUMN saga_instances.next_attempt_at IS 'Before this time it is not taken up.';
COMMENT ON COLUMN saga_instances.error IS 'Why it was suspended last.';
COMMENT ON COLUMN saga_instances.created_at IS 'When it began.';
COMMENT ON COLUMN saga_instances.updated_at IS 'When it was last written.';

CREATE TABLE saga_steps (
    tenant_id uuid NOT NULL,
    step_id uuid NOT NULL,
    saga_id uuid NOT NULL,
    step_number integer NOT NULL,
    step_type varchar(100) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'pending',
    started_at timestamptz,
    completed_at timestamptz,
    error_message text,
    retry_count integer NOT NULL DEFAULT 0,
    CONSTRAINT saga_steps_pkey PRIMARY KEY (tenant_id, step_id),
    CONSTRAINT uq_saga_steps_tenant_id_saga_id_step_number UNIQUE (tenant_id, saga_id, step_number),
    CONSTRAINT fk_saga_steps_saga_instances FOREIGN KEY (tenant_id, saga_id)
        REFERENCES saga_instances (tenant_id, saga_id) ON DELETE CASCADE,
    CONSTRAINT chk_saga_steps_status CHECK (status IN ('pending', 'running', 'completed', 'failed', 'compensated')),
    CONSTRAINT chk_saga_steps_step_number CHECK (step_number >= 0),
    CONSTRAINT chk_saga_steps_retry_count CHECK (retry_count >= 0)
);

CREATE INDEX idx_saga_steps_tenant_id_status ON saga_steps (tenant_id, status);

CALL isolate_tenants('saga_steps');

COMMENT ON TABLE saga_steps IS 'The steps of sagas, written together with their progress.';
COMMENT ON COLUMN saga_steps.tenant_id IS 'The tenant of the saga.';
COMMENT ON COLUMN saga_steps.step_id IS 'The row.';
COMMENT ON COLUMN saga_steps.saga_id IS 'The saga.';
COMMENT ON COLUMN saga_steps.step_number IS 'Which step it is, counted from 0.';
COMMENT ON COLUMN saga_steps.step_type IS 'The name of the step.';
COMMENT ON COLUMN saga_steps.status IS 'pending: to be tried again; running: being undone; failed: refused.';
COMMENT ON COLUMN saga_steps.started_at IS 'When it began first.';
COMMENT ON COLUMN saga_steps.completed_at IS 'When it was done, or undone.';
COMMENT ON COLUMN saga_steps.error_message IS 'Why it was refused or suspended.';
COMMENT ON COLUMN saga_steps.retry_count IS 'How often it failed again.';

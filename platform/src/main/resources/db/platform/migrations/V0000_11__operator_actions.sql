-- What operators did about work that was stuck.

CREATE TABLE operator_actions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    acted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    principal_kind text NOT NULL,
    principal_id uuid,
    trace_id text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    state_before jsonb NOT NULL,
    state_after jsonb NOT NULL,
    CONSTRAINT operator_actions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_operator_actions_subject_kind CHECK (subject_kind IN ('saga', 'event')),
    CONSTRAINT chk_operator_actions_act CHECK (act IN ('retry', 'compensate', 'skip')),
    CONSTRAINT chk_operator_actions_reason CHECK (btrim(reason) <> '' AND char_length(reason) <= 1000)
);

-- Operators read the latest actions of all tenants.
CREATE INDEX idx_operator_actions_acted_at ON operator_actions (acted_at DESC, id DESC);

CALL isolate_tenants('operator_actions');

COMMENT ON TABLE operator_actions IS 'Who did what about stuck work, when and why. Rows are added and never changed.';
COMMENT ON COLUMN operator_actions.tenant_id IS 'The tenant whose work it was.';
COMMENT ON COLUMN operator_actions.id IS 'The action.';
COMMENT ON COLUMN operator_actions.acted_at IS 'When, by the clock of the database.';
COMMENT ON COLUMN operator_actions.principal_kind IS 'What kind of caller acted.';
COMMENT ON COLUMN operator_actions.principal_id IS 'Who acted; none for the platform itself.';
COMMENT ON COLUMN operator_actions.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN operator_actions.subject_kind IS 'What was acted on: a saga or an event.';
COMMENT ON COLUMN operator_actions.subject_id IS 'The saga or event.';
COMMENT ON COLUMN operator_actions.act IS 'What was done.';
COMMENT ON COLUMN operator_actions.reason IS 'Why, in the words of whoever did it.';
COMMENT ON COLUMN operator_actions.state_before IS 'What it was like before; an event that was dropped is kept here whole.';
COMMENT ON COLUMN operator_actions.state_after IS 'What it was like afterwards.';

-- Nobody rewrites history, and only the worker, who acts for operators, writes it.
DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON operator_actions FROM %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE INSERT ON operator_actions FROM %I', service_role('app'));
END;
$$;

-- What operators did about second factors that were lost.

CREATE TABLE second_factor_removals (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    principal_kind varchar(20) NOT NULL,
    principal_id uuid,
    trace_id varchar(64) NOT NULL,
    reason varchar(1000) NOT NULL,
    removed_at timestamptz NOT NULL,
    CONSTRAINT second_factor_removals_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_second_factor_removals_reason CHECK (btrim(reason) <> '')
);

CREATE INDEX idx_second_factor_removals_user_id ON second_factor_removals (tenant_id, user_id);

COMMENT ON TABLE second_factor_removals IS 'Who removed the lost second factor of a member of staff, when and why. Rows are added and never changed.';
COMMENT ON COLUMN second_factor_removals.tenant_id IS 'The shop.';
COMMENT ON COLUMN second_factor_removals.id IS 'The removal.';
COMMENT ON COLUMN second_factor_removals.user_id IS 'Whose second factor it was; the row outlives the account.';
COMMENT ON COLUMN second_factor_removals.principal_kind IS 'What kind of caller removed it.';
COMMENT ON COLUMN second_factor_removals.principal_id IS 'Who removed it; none for the operator of the platform.';
COMMENT ON COLUMN second_factor_removals.trace_id IS 'The trace of the request.';
COMMENT ON COLUMN second_factor_removals.reason IS 'Why, in the words of whoever did it.';
COMMENT ON COLUMN second_factor_removals.removed_at IS 'When.';

CALL isolate_tenants('second_factor_removals');

-- Nobody rewrites history, and only the worker, who acts for operators, writes it.
DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON second_factor_removals FROM %I, %I', service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE INSERT ON second_factor_removals FROM %I', service_role('app'));
END;
$$;

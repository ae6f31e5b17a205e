-- The state machine of payments. It holds whoever writes.

CREATE TABLE payment_state_transitions (
    id         integer GENERATED ALWAYS AS IDENTITY,
    from_state text,
    to_state   text NOT NULL,
    CONSTRAINT payment_state_transitions_pkey PRIMARY KEY (id),
    CONSTRAINT uq_payment_state_transitions_states UNIQUE NULLS NOT DISTINCT (from_state, to_state)
);

COMMENT ON TABLE payment_state_transitions IS 'Platform table: the legal transitions between states of a payment, the same for all shops';
COMMENT ON COLUMN payment_state_transitions.id IS 'The transition';
COMMENT ON COLUMN payment_state_transitions.from_state IS 'State before; NULL for a payment that does not exist yet';
COMMENT ON COLUMN payment_state_transitions.to_state IS 'State after';

INSERT INTO payment_state_transitions (from_state, to_state) VALUES
    (NULL, 'PENDING'),
    (NULL, 'CANCELLED'),
    ('PENDING', 'AUTHORIZED'),
    ('PENDING', 'FAILED'),
    ('PENDING', 'CANCELLED'),
    ('AUTHORIZED', 'CAPTURED'),
    ('AUTHORIZED', 'CANCELLED'),
    ('CAPTURED', 'SETTLED'),
    ('CAPTURED', 'PARTIALLY_REFUNDED'),
    ('CAPTURED', 'REFUNDED'),
    ('SETTLED', 'PARTIALLY_REFUNDED'),
    ('SETTLED', 'REFUNDED'),
    ('PARTIALLY_REFUNDED', 'REFUNDED');

CREATE TABLE payment_events (
    tenant_id       uuid        NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    payment_id      uuid        NOT NULL,
    payment_version bigint      NOT NULL,
    event_type      text        NOT NULL,
    event_data      jsonb       NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payment_events_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_payment_events_payment_version UNIQUE (tenant_id, payment_id, payment_version),
    CONSTRAINT fk_payment_events_payments FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
        ON DELETE CASCADE
);

CALL isolate_tenants('payment_events');

COMMENT ON TABLE payment_events IS 'Every change of a payment''s state, written by a trigger, never changed';
COMMENT ON COLUMN payment_events.tenant_id IS 'The shop';
COMMENT ON COLUMN payment_events.id IS 'The change';
COMMENT ON COLUMN payment_events.payment_id IS 'The payment';
COMMENT ON COLUMN payment_events.payment_version IS 'The version of the payment that the change led to';
COMMENT ON COLUMN payment_events.event_type IS 'The new state: payment.authorized and so on';
COMMENT ON COLUMN payment_events.event_data IS 'States before and after, amounts, who changed it and why';
COMMENT ON COLUMN payment_events.created_at IS 'When';

CREATE FUNCTION guard_payment_status() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_from text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END;
    v_kind text := nullif(current_setting('app.principal_kind', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM payment_state_transitions t
        WHERE t.from_state IS NOT DISTINCT FROM v_from AND t.to_state = NEW.status
    ) THEN
        RAISE EXCEPTION 'payment % cannot go from % to %', NEW.id, coalesce(v_from, 'nothing'), NEW.status
            USING ERRCODE = 'check_violation', TABLE = 'payments', CONSTRAINT = 'payment_state_transitions';
    END IF;
    INSERT INTO payment_events (tenant_id, payment_id, payment_version, event_type, event_data)
    VALUES (NEW.tenant_id, NEW.id, NEW.version, 'payment.' || lower(NEW.status), jsonb_build_object(
        'from', v_from, 'to', NEW.status, 'reason', NEW.status_reason,
        'authorized', NEW.authorized_amount, 'captured', NEW.captured_amount, 'refunded', NEW.refunded_amount,
        'changedBy', coalesce(concat_ws(':', v_kind, nullif(current_setting('app.principal_id', true), '')), current_user)));
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_payment_status() IS
    'Refuses an illegal transition with check_violation and writes the history of a legal one';

CREATE TRIGGER guard_payment_status_on_insert AFTER INSERT ON payments
    FOR EACH ROW EXECUTE FUNCTION guard_payment_status();
CREATE TRIGGER guard_payment_status_on_update AFTER UPDATE ON payments
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_payment_status();

-- The machine changes by migrations only, and history is not rewritten.
DO $$
BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON payment_state_transitions FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE UPDATE, DELETE ON payment_events FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

-- The state machine of orders. It holds whoever writes: the application, a job or a person by hand.

CREATE TABLE order_state_transitions (
    id         integer GENERATED ALWAYS AS IDENTITY,
    from_state text,
    to_state   text NOT NULL,
    CONSTRAINT order_state_transitions_pkey PRIMARY KEY (id),
    CONSTRAINT uq_order_state_transitions_states UNIQUE NULLS NOT DISTINCT (from_state, to_state)
);

COMMENT ON TABLE order_state_transitions IS 'Platform table: the legal transitions between states of an order, the same for all shops';
COMMENT ON COLUMN order_state_transitions.id IS 'The transition';
COMMENT ON COLUMN order_state_transitions.from_state IS 'State before; NULL for an order that does not exist yet';
COMMENT ON COLUMN order_state_transitions.to_state IS 'State after';

INSERT INTO order_state_transitions (from_state, to_state) VALUES
    (NULL, 'CREATED'),
    ('CREATED', 'PAID'),
    ('CREATED', 'CANCELLED'),
    ('PAID', 'CONFIRMED'),
    ('PAID', 'REFUNDED'),
    ('CONFIRMED', 'PROCESSING'),
    ('CONFIRMED', 'SHIPPED'),
    ('CONFIRMED', 'CANCELLED'),
    ('PROCESSING', 'SHIPPED'),
    ('PROCESSING', 'CANCELLED'),
    ('SHIPPED', 'DELIVERED'),
    ('SHIPPED', 'CANCELLED'),
    ('DELIVERED', 'REFUNDED');

CREATE TABLE order_status_history (
    tenant_id     uuid        NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    order_id      uuid        NOT NULL,
    order_version bigint      NOT NULL,
    status_from   text,
    status_to     text        NOT NULL,
    changed_by    text        NOT NULL,
    reason        text,
    metadata      jsonb       NOT NULL DEFAULT '{}',
    changed_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_status_history_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_status_history_order_version UNIQUE (tenant_id, order_id, order_version),
    CONSTRAINT fk_order_status_history_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE
);

CALL isolate_tenants('order_status_history');

COMMENT ON TABLE order_status_history IS 'Every change of an order''s state, written by a trigger, never changed';
COMMENT ON COLUMN order_status_history.tenant_id IS 'The shop';
COMMENT ON COLUMN order_status_history.id IS 'The change';
COMMENT ON COLUMN order_status_history.order_id IS 'The order';
COMMENT ON COLUMN order_status_history.order_version IS 'The version of the order that the change led to; changes of an order are read in its order';
COMMENT ON COLUMN order_status_history.status_from IS 'State before; NULL for the first row of an order';
COMMENT ON COLUMN order_status_history.status_to IS 'State after';
COMMENT ON COLUMN order_status_history.changed_by IS 'Kind and id of who changed it, or the database role outside any request';
COMMENT ON COLUMN order_status_history.reason IS 'Why';
COMMENT ON COLUMN order_status_history.metadata IS 'Further facts on the change';
COMMENT ON COLUMN order_status_history.changed_at IS 'When';

CREATE FUNCTION guard_order_status() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_from text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END;
    v_kind text := nullif(current_setting('app.principal_kind', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM order_state_transitions t
        WHERE t.from_state IS NOT DISTINCT FROM v_from AND t.to_state = NEW.status
    ) THEN
        RAISE EXCEPTION 'order % cannot go from % to %', NEW.id, coalesce(v_from, 'nothing'), NEW.status
            USING ERRCODE = 'check_violation', TABLE = 'orders', CONSTRAINT = 'order_state_transitions';
    END IF;
    INSERT INTO order_status_history (tenant_id, order_id, order_version, status_from, status_to, changed_by, reason)
    VALUES (NEW.tenant_id, NEW.id, NEW.version, v_from, NEW.status,
            coalesce(concat_ws(':', v_kind, nullif(current_setting('app.principal_id', true), '')), current_user),
            NEW.status_reason);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_order_status() IS
    'Refuses an illegal transition with check_violation and writes the history of a legal one';

CREATE TRIGGER guard_order_status_on_insert AFTER INSERT ON orders
    FOR EACH ROW EXECUTE FUNCTION guard_order_status();
CREATE TRIGGER guard_order_status_on_update AFTER UPDATE ON orders
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_order_status();

-- The machine changes by migrations only, and history is not rewritten.
DO $$
BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON order_state_transitions FROM %I, %I',
        service_role('app'), service_role('worker'));
    EXECUTE format('REVOKE UPDATE, DELETE ON order_status_history FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

-- The state machine and the history of orders by statement: for all orders that a statement writes the transitions are looked
-- up and the history is written by one insertion, where it was a lookup and an insertion for each.

CREATE FUNCTION refuse_order_transition(p_order_id uuid, p_from_state text, p_to_state text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'order % cannot go from % to %', p_order_id, coalesce(p_from_state, 'nothing'), p_to_state
        USING ERRCODE = 'check_violation', TABLE = 'orders', CONSTRAINT = 'order_state_transitions';
END;
$$;

COMMENT ON FUNCTION refuse_order_transition(uuid, text, text) IS 'Fails with check_violation, always';

CREATE FUNCTION guard_status_of_new_orders() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_changed_by text := concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
        nullif(current_setting('app.principal_id', true), ''));
BEGIN
    INSERT INTO order_status_history (tenant_id, order_id, order_version, status_to, changed_by, reason)
    SELECT n.tenant_id, n.id, n.version,
        CASE WHEN t.id IS NULL THEN refuse_order_transition(n.id, NULL, n.status) ELSE n.status END,
        v_changed_by, n.status_reason
    FROM new_orders n
    LEFT JOIN order_state_transitions t ON t.from_state IS NULL AND t.to_state = n.status;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_status_of_new_orders() IS
    'Refuses orders that begin in an illegal state with check_violation and begins the history of the others';

CREATE FUNCTION guard_status_of_changed_orders() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
    -- The plan is kept: made when one order was changed, it has to do when all are.
    SET enable_nestloop = off
    SET enable_hashjoin = on
AS $$
DECLARE
    v_changed_by text := concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
        nullif(current_setting('app.principal_id', true), ''));
BEGIN
    INSERT INTO order_status_history (tenant_id, order_id, order_version, status_from, status_to, changed_by, reason)
    SELECT n.tenant_id, n.id, s.order_version, s.status_from,
        CASE WHEN t.id IS NULL THEN refuse_order_transition(n.id, o.status, n.status) ELSE s.status_to END,
        v_changed_by, n.status_reason
    FROM new_orders n
    -- An order under another key would be one that has no state before.
    LEFT JOIN old_orders o ON o.tenant_id = n.tenant_id AND o.id = n.id
    LEFT JOIN order_state_transitions t ON t.from_state = o.status AND t.to_state = n.status
        AND (t.through_state IS NULL OR n.version >= o.version + 2)
    CROSS JOIN LATERAL (
        VALUES (n.version - 1, o.status, t.through_state), (n.version, coalesce(t.through_state, o.status), n.status)
    ) AS s (order_version, status_from, status_to)
    WHERE n.status IS DISTINCT FROM o.status AND s.status_to IS NOT NULL;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_status_of_changed_orders() IS
    'Refuses illegal transitions of orders with check_violation and writes the history of legal ones, a row for each step';

DROP TRIGGER guard_order_status_on_insert ON orders;
DROP TRIGGER guard_order_status_on_update ON orders;
CREATE TRIGGER guard_order_status_on_insert AFTER INSERT ON orders
    REFERENCING NEW TABLE AS new_orders
    FOR EACH STATEMENT EXECUTE FUNCTION guard_status_of_new_orders();
CREATE TRIGGER guard_order_status_on_update AFTER UPDATE ON orders
    REFERENCING OLD TABLE AS old_orders NEW TABLE AS new_orders
    FOR EACH STATEMENT EXECUTE FUNCTION guard_status_of_changed_orders();
DROP FUNCTION guard_order_status();

-- An order is confirmed by one change, and its history shows that it was paid before.
INSERT INTO order_state_transitions (from_state, to_state, through_state) VALUES ('CREATED', 'CONFIRMED', 'PAID');

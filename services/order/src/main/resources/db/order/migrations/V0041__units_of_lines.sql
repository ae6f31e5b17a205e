-- How many units of a line are where. Counted by the triggers of parcels, in the statement that writes or changes these.

ALTER TABLE order_items
    ADD COLUMN packed_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN sent_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN delivered_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN withdrawn_quantity integer NOT NULL DEFAULT 0;

-- Never more is sent than was bought, whatever races.
ALTER TABLE order_items ADD CONSTRAINT chk_order_items_units CHECK (
    delivered_quantity BETWEEN 0 AND sent_quantity AND sent_quantity <= packed_quantity
    AND withdrawn_quantity >= 0 AND packed_quantity + withdrawn_quantity <= quantity) NOT VALID;

COMMENT ON COLUMN order_items.packed_quantity IS 'Units in parcels that are not cancelled, failed or returned';
COMMENT ON COLUMN order_items.sent_quantity IS 'Of these, units in parcels that have left';
COMMENT ON COLUMN order_items.delivered_quantity IS 'Of these, units in parcels that were delivered';
COMMENT ON COLUMN order_items.withdrawn_quantity IS 'Units that will not be sent';

CREATE FUNCTION counts_as_packed(p_status text) RETURNS integer
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT (p_status IN ('PENDING', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED'))::integer
$$;

COMMENT ON FUNCTION counts_as_packed(text) IS '1 if the units in a parcel of this state are packed, else 0: they are to be packed anew, or withdrawn';

CREATE FUNCTION counts_as_sent(p_status text) RETURNS integer
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT (p_status IN ('SHIPPED', 'IN_TRANSIT', 'DELIVERED'))::integer
$$;

COMMENT ON FUNCTION counts_as_sent(text) IS '1 if the units in a parcel of this state are sent, else 0';

CREATE FUNCTION refuse_parcel_transition(p_shipment_id uuid, p_from_state text, p_to_state text) RETURNS text
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'parcel % cannot go from % to %', p_shipment_id, coalesce(p_from_state, 'nothing'), p_to_state
        USING ERRCODE = 'check_violation', TABLE = 'order_shipments', CONSTRAINT = 'shipment_state_transitions';
END;
$$;

COMMENT ON FUNCTION refuse_parcel_transition(uuid, text, text) IS 'Fails with check_violation, always';

CREATE FUNCTION guard_new_parcels() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_changed_by text := concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
        nullif(current_setting('app.principal_id', true), ''));
BEGIN
    INSERT INTO order_shipment_events (tenant_id, shipment_id, shipment_version, status_to, happened_at, words_sealed, changed_by)
    SELECT n.tenant_id, n.id, n.version,
        CASE WHEN t.id IS NULL THEN refuse_parcel_transition(n.id, NULL, n.status) ELSE n.status END,
        n.status_at, n.words_sealed, v_changed_by
    FROM new_parcels n
    LEFT JOIN shipment_state_transitions t ON t.from_state IS NULL AND t.to_state = n.status;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_new_parcels() IS
    'Refuses parcels that begin in an illegal state with check_violation and begins the history of the others';

CREATE FUNCTION guard_changed_parcels() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_changed_by text := concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
        nullif(current_setting('app.principal_id', true), ''));
BEGIN
    INSERT INTO order_shipment_events (tenant_id, shipment_id, shipment_version, status_from, status_to, happened_at, words_sealed,
        changed_by)
    SELECT n.tenant_id, n.id, n.version, o.status,
        CASE WHEN t.id IS NULL THEN refuse_parcel_transition(n.id, o.status, n.status) ELSE n.status END,
        n.status_at, n.words_sealed, v_changed_by
    FROM new_parcels n
    -- A parcel under another key, or of another order, would be one that has no state before.
    LEFT JOIN old_parcels o ON o.tenant_id = n.tenant_id AND o.id = n.id AND o.order_id = n.order_id
    LEFT JOIN shipment_state_transitions t ON t.from_state = o.status AND t.to_state = n.status
    WHERE n.status IS DISTINCT FROM o.status;

    UPDATE order_items i
    SET packed_quantity = i.packed_quantity + m.packed, sent_quantity = i.sent_quantity + m.sent,
        delivered_quantity = i.delivered_quantity + m.delivered
    FROM (
        SELECT l.tenant_id, l.order_item_id,
            sum(l.quantity * (counts_as_packed(n.status) - counts_as_packed(o.status))) AS packed,
            sum(l.quantity * (counts_as_sent(n.status) - counts_as_sent(o.status))) AS sent,
            sum(l.quantity * ((n.status = 'DELIVERED')::integer - (o.status = 'DELIVERED')::integer)) AS delivered
        FROM new_parcels n
        JOIN old_parcels o ON o.tenant_id = n.tenant_id AND o.id = n.id
        JOIN order_shipment_items l ON l.tenant_id = n.tenant_id AND l.shipment_id = n.id
        WHERE n.status <> o.status
        GROUP BY l.tenant_id, l.order_item_id
    ) m
    WHERE i.tenant_id = m.tenant_id AND i.id = m.order_item_id AND (m.packed, m.sent, m.delivered) <> (0, 0, 0);
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION guard_changed_parcels() IS
    'Refuses illegal transitions of parcels with check_violation, writes the history of legal ones and counts the units of the lines in them anew';

CREATE FUNCTION count_packed_units() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_counted bigint;
BEGIN
    UPDATE order_items i
    SET packed_quantity = i.packed_quantity + m.units
    FROM (
        SELECT n.tenant_id, s.order_id, n.order_item_id, sum(n.quantity) AS units
        FROM new_lines n
        JOIN order_shipments s ON s.tenant_id = n.tenant_id AND s.id = n.shipment_id AND s.status = 'PENDING'
        GROUP BY n.tenant_id, s.order_id, n.order_item_id
    ) m
    WHERE i.tenant_id = m.tenant_id AND i.id = m.order_item_id AND i.order_id = m.order_id;
    GET DIAGNOSTICS v_counted = ROW_COUNT;
    IF v_counted <> (SELECT count(DISTINCT (n.tenant_id, n.order_item_id)) FROM new_lines n) THEN
        RAISE EXCEPTION 'only lines of a parcel''s own order are packed, and only while it is PENDING'
            USING ERRCODE = 'check_violation', TABLE = 'order_shipment_items';
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_packed_units() IS
    'Counts what is put into parcels; refuses lines of other orders, and parcels that have left, with check_violation';

CREATE TRIGGER guard_parcels_on_insert AFTER INSERT ON order_shipments
    REFERENCING NEW TABLE AS new_parcels
    FOR EACH STATEMENT EXECUTE FUNCTION guard_new_parcels();
CREATE TRIGGER guard_parcels_on_update AFTER UPDATE ON order_shipments
    REFERENCING OLD TABLE AS old_parcels NEW TABLE AS new_parcels
    FOR EACH STATEMENT EXECUTE FUNCTION guard_changed_parcels();
CREATE TRIGGER count_packed_units_on_insert AFTER INSERT ON order_shipment_items
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION count_packed_units();

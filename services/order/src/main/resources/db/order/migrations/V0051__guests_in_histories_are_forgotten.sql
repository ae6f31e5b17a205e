-- Who changed an order or a parcel is kept; of a guest who is forgotten only that it was one.

CREATE FUNCTION keep_who_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'who changed it is kept, but for the id of a guest'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
END;
$$;

COMMENT ON FUNCTION keep_who_changed() IS 'Fails with check_violation, always';

CREATE TRIGGER keep_who_changed_on_update BEFORE UPDATE OF changed_by ON order_status_history
    FOR EACH ROW WHEN (NEW.changed_by <> OLD.changed_by AND NOT (OLD.changed_by LIKE 'GUEST:%' AND NEW.changed_by = 'GUEST'))
    EXECUTE FUNCTION keep_who_changed();
CREATE TRIGGER keep_who_changed_on_update BEFORE UPDATE OF changed_by ON order_shipment_events
    FOR EACH ROW WHEN (NEW.changed_by <> OLD.changed_by AND NOT (OLD.changed_by LIKE 'GUEST:%' AND NEW.changed_by = 'GUEST'))
    EXECUTE FUNCTION keep_who_changed();

COMMENT ON TABLE order_status_history IS 'Every change of an order''s state, written by a trigger; changed only when a guest is erased';
COMMENT ON COLUMN order_status_history.changed_by IS 'Kind and id of who changed it, or the database role outside any request; no id of a guest who was erased';
COMMENT ON COLUMN order_shipment_events.changed_by IS 'Kind and id of who changed it, or the database role outside any request; no id of a guest who was erased';

DO $$
BEGIN
    EXECUTE format('GRANT UPDATE (changed_by) ON order_status_history, order_shipment_events TO %I', service_role('app'));
END;
$$;

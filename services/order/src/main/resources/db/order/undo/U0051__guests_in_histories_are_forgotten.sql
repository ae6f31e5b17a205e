DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE (changed_by) ON order_status_history, order_shipment_events FROM %I', service_role('app'));
END;
$$;
DROP TRIGGER keep_who_changed_on_update ON order_status_history;
DROP TRIGGER keep_who_changed_on_update ON order_shipment_events;
DROP FUNCTION keep_who_changed();
COMMENT ON TABLE order_status_history IS 'Every change of an order''s state, written by a trigger, never changed';
COMMENT ON COLUMN order_status_history.changed_by IS 'Kind and id of who changed it, or the database role outside any request';
COMMENT ON COLUMN order_shipment_events.changed_by IS 'Kind and id of who changed it, or the database role outside any request';

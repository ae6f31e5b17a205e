COMMENT ON TABLE inbox_events IS 'The events that took effect here, so that none does twice.';
COMMENT ON COLUMN inbox_events.consumer IS 'The handler that handled it.';
COMMENT ON COLUMN inbox_events.received_at IS 'When it was handled.';

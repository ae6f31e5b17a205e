-- An event that an operator has discarded is noted among those that were handled, so that a broker that brings it again is
-- not heard.

COMMENT ON TABLE inbox_events IS 'The events that took effect here, so that none does twice, and those that were discarded, so that they never do.';
COMMENT ON COLUMN inbox_events.consumer IS 'The handler that handled it; * for all of them, if an operator has discarded it.';
COMMENT ON COLUMN inbox_events.received_at IS 'When it was handled or discarded.';

-- Relays that live at the same time share the partitions; what is deleted is cleaned up before it piles up.

CREATE TABLE event_relays (
    relay uuid NOT NULL,
    queue text NOT NULL,
    alive_until timestamptz NOT NULL,
    CONSTRAINT event_relays_pkey PRIMARY KEY (relay),
    CONSTRAINT chk_event_relays_queue CHECK (queue IN ('outbox', 'received'))
);

COMMENT ON TABLE event_relays IS 'Platform table: the relays that live, among which the partitions of their queue are shared out.';
COMMENT ON COLUMN event_relays.relay IS 'The relay; each process has one a queue.';
COMMENT ON COLUMN event_relays.queue IS 'The queue that it delivers: outbox or received.';
COMMENT ON COLUMN event_relays.alive_until IS 'After this time it counts as gone.';

-- A queue is almost empty most of the time, whatever has gone through it: a share of its rows says nothing, and clean-up
-- that pauses never catches up. Free space in each page lets the note of a failed delivery stay beside the event.
ALTER TABLE outbox_events SET (
    fillfactor = 85,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0
);

-- Notes are written once and deleted a month later, oldest first.
ALTER TABLE inbox_events SET (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 1
);

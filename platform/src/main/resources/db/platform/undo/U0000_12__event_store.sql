DROP TABLE domain_events, event_streams;
DROP SEQUENCE domain_event_sequence;
DROP FUNCTION refuse_to_change_events();

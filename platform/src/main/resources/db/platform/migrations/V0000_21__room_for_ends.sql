-- A saga ends, and what was asked for is answered, by one change of the row: with room on its page the change stays there, and
-- that of an answer writes no index (HOT).
ALTER TABLE saga_instances SET (fillfactor = 50);
ALTER TABLE idempotency_keys SET (fillfactor = 60);

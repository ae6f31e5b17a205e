ALTER TABLE erasures DROP COLUMN guest_key_kept;
COMMENT ON COLUMN erasures.keys_destroyed_at IS 'When the keys were destroyed, by the clock that says when keys are made: later ones are not meant by it.';

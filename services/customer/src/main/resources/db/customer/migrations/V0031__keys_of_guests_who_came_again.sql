-- A guest who bought again while being forgotten keeps the key, and the erasure says so.

ALTER TABLE erasures ADD COLUMN guest_key_kept boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN erasures.guest_key_kept IS 'Whether the key of the guest stays, since it may have sealed what they bought after it was asked for.';
COMMENT ON COLUMN erasures.keys_destroyed_at IS 'Set once the keys are destroyed: those of a guest that were made before then, by the clock that says when keys are made.';

-- Guests, who have an e-mail address and no account, are forgotten as well; and it is kept when keys were destroyed.

ALTER TABLE erasures
    ALTER COLUMN customer_id DROP NOT NULL,
    ADD COLUMN keys_destroyed_at timestamptz,
    ADD CONSTRAINT chk_erasures_somebody CHECK (num_nonnulls(customer_id, guest_subject_id) >= 1) NOT VALID;

UPDATE erasures SET keys_destroyed_at = completed_at WHERE status = 'COMPLETED';

COMMENT ON TABLE erasures IS 'People who are forgotten: the intent, and when nothing was left. Kept for ever.';
COMMENT ON COLUMN erasures.customer_id IS 'Who is forgotten; one erasure is all that a customer needs. NULL for a guest, who may come again, and be forgotten again.';
COMMENT ON COLUMN erasures.guest_subject_id IS 'As whom they have bought without an account: a keyed hash of the e-mail address.';
COMMENT ON COLUMN erasures.reason IS 'Why, as a code.';
COMMENT ON COLUMN erasures.keys_destroyed_at IS 'When the keys were destroyed, by the clock that says when keys are made: later ones are not meant by it.';
COMMENT ON COLUMN erasures.completed_at IS 'When nothing was left to do.';

-- The version before knows no guests: theirs are forgotten already, or have to be asked for again.
DELETE FROM erasures WHERE customer_id IS NULL;
ALTER TABLE erasures
    DROP CONSTRAINT chk_erasures_somebody,
    DROP COLUMN keys_destroyed_at,
    ALTER COLUMN customer_id SET NOT NULL;
COMMENT ON TABLE erasures IS 'Customers who are forgotten: the intent, and when nothing was left. Kept for ever.';
COMMENT ON COLUMN erasures.customer_id IS 'Who is forgotten; one erasure is all that a customer needs.';
COMMENT ON COLUMN erasures.guest_subject_id IS 'As whom they had bought without an account: a keyed hash of the address that was theirs.';
COMMENT ON COLUMN erasures.reason IS 'Why; it names nobody.';
COMMENT ON COLUMN erasures.completed_at IS 'When the keys were destroyed.';

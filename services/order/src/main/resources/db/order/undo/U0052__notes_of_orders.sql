DO $$
BEGIN
    EXECUTE format('GRANT UPDATE ON order_notes TO %I, %I', service_role('app'), service_role('worker'));
END;
$$;
DROP POLICY order_notes_by_the_shop ON order_notes;
DROP POLICY order_notes_for_the_buyer ON order_notes;
-- What is sealed cannot be read by the version before.
DELETE FROM order_notes;
ALTER TABLE order_notes
    DROP COLUMN note_sealed,
    ADD COLUMN note text NOT NULL,
    ADD CONSTRAINT chk_order_notes_note CHECK (length(note) BETWEEN 1 AND 10000);
COMMENT ON TABLE order_notes IS 'Notes of the shop on its orders';
COMMENT ON COLUMN order_notes.note IS 'The text';
COMMENT ON COLUMN order_notes.is_customer_visible IS 'Whether the customer may read it';
COMMENT ON COLUMN order_notes.created_by IS 'Kind and id of who wrote it';

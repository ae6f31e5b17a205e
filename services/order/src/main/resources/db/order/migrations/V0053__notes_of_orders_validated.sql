-- The constraint of V0052.
ALTER TABLE order_notes VALIDATE CONSTRAINT chk_order_notes_note_sealed;

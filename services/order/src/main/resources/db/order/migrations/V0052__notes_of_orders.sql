-- What the shop notes on an order can name anybody: it is sealed by the buyer's key, and goes with the buyer.

DO $$
BEGIN
    IF EXISTS (SELECT FROM order_notes) THEN
        RAISE EXCEPTION 'order_notes holds text in clear: it cannot be sealed by SQL, and no released version wrote any';
    END IF;
END;
$$;

-- Contract: no version wrote it, and the table is empty.
ALTER TABLE order_notes DROP COLUMN note;
ALTER TABLE order_notes
    ADD COLUMN note_sealed text,
    ADD CONSTRAINT chk_order_notes_note_sealed CHECK
        (note_sealed IS NOT NULL AND note_sealed ~ '^s1\.[A-Za-z0-9_-]+$') NOT VALID;

COMMENT ON TABLE order_notes IS 'Notes of the shop on its orders. Never changed; deleted when the buyer is erased';
COMMENT ON COLUMN order_notes.note_sealed IS 'The text, sealed by the buyer''s key';
COMMENT ON COLUMN order_notes.is_customer_visible IS 'Whether the buyer may read it';
COMMENT ON COLUMN order_notes.created_by IS 'Kind and id of who wrote it, or the database role outside any request';

-- Buyers see those of their orders' notes that are meant for them, and write none.
DO $$
BEGIN
    EXECUTE format('CREATE POLICY order_notes_for_the_buyer ON order_notes AS RESTRICTIVE FOR SELECT TO %I
        USING (is_customer_visible OR %s)', service_role('app'), clause_of_the_shop());
    EXECUTE format('CREATE POLICY order_notes_by_the_shop ON order_notes AS RESTRICTIVE FOR INSERT TO %I
        WITH CHECK (%s)', service_role('app'), clause_of_the_shop());
    EXECUTE format('REVOKE UPDATE ON order_notes FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

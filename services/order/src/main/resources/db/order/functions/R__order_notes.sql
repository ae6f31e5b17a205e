CREATE OR REPLACE FUNCTION add_order_note(
    p_tenant_id uuid, p_order_id uuid, p_note_id uuid, p_note_sealed text, p_is_customer_visible boolean, p_most integer
) RETURNS TABLE (outcome text, created_at timestamptz)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_erased_at  timestamptz;
    v_created_at timestamptz;
BEGIN
    -- Not while the buyer is forgotten, nor while somebody else writes the last note that there is room for.
    SELECT o.erased_at INTO v_erased_at FROM orders o
    WHERE o.tenant_id = p_tenant_id AND o.id = p_order_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_erased_at IS NOT NULL OR p_note_sealed IS NULL THEN
        RETURN QUERY SELECT 'ERASED', NULL::timestamptz;
        RETURN;
    END IF;
    IF p_most <= (SELECT count(*) FROM order_notes n WHERE n.tenant_id = p_tenant_id AND n.order_id = p_order_id) THEN
        RETURN QUERY SELECT 'TOO_MANY', NULL::timestamptz;
        RETURN;
    END IF;
    INSERT INTO order_notes (tenant_id, id, order_id, note_sealed, is_customer_visible, created_by)
    VALUES (p_tenant_id, p_note_id, p_order_id, p_note_sealed, p_is_customer_visible,
        concat_ws(':', coalesce(nullif(current_setting('app.principal_kind', true), ''), current_user),
            nullif(current_setting('app.principal_id', true), '')))
    RETURNING order_notes.created_at INTO v_created_at;
    RETURN QUERY SELECT 'WRITTEN', v_created_at;
END;
$$;

COMMENT ON FUNCTION add_order_note(uuid, uuid, uuid, text, boolean, integer) IS
    'Writes a note on an order: WRITTEN, ERASED where the buyer was forgotten, or TOO_MANY where there are p_most. No row if there is no such order';

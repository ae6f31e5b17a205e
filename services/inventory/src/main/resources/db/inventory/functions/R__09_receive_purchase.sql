CREATE OR REPLACE FUNCTION receive_purchase(
    p_purchase_order_id uuid, p_references text[], p_product_ids uuid[], p_quantities integer[], p_accept_surplus boolean,
    p_new_ids uuid[])
    RETURNS TABLE (reference text, received boolean, available bigint)
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    v_tenant_id uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    v_warehouse text;
    v_stranger  uuid;
BEGIN
    -- Purchase orders never change. Deliveries of the same product follow one another at its stock, which comes before the lines.
    SELECT w.name INTO v_warehouse
    FROM inventory_purchase_orders o
    JOIN warehouses w ON w.tenant_id = o.tenant_id AND w.id = o.warehouse_id
    WHERE o.tenant_id = v_tenant_id AND o.id = p_purchase_order_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no purchase order %', p_purchase_order_id USING ERRCODE = 'CRT03';
    END IF;
    SELECT p.product_id INTO v_stranger
    FROM unnest(p_product_ids) AS p(product_id)
    WHERE NOT EXISTS (
        SELECT FROM inventory_purchase_order_lines l
        WHERE l.tenant_id = v_tenant_id AND l.purchase_order_id = p_purchase_order_id AND l.product_id = p.product_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'product % was not ordered', v_stranger USING ERRCODE = 'CRT04';
    END IF;

    RETURN QUERY
        WITH taken AS MATERIALIZED (
            SELECT r.position, r.reference, r.received, r.available, asked.product_id, asked.quantity
            FROM receive_stock(v_warehouse, NULL, p_references, p_product_ids, p_quantities, p_new_ids)
                 WITH ORDINALITY AS r(reference, received, available, position)
            JOIN unnest(p_product_ids, p_quantities) WITH ORDINALITY AS asked(product_id, quantity, position)
                ON asked.position = r.position
        ), noted AS (
            INSERT INTO inventory_purchase_receipts (tenant_id, reference, purchase_order_id, product_id, quantity)
            SELECT v_tenant_id, t.reference, p_purchase_order_id, t.product_id, t.quantity
            FROM taken t
            WHERE t.received
        ), come AS (
            UPDATE inventory_purchase_order_lines l
            SET received_quantity = l.received_quantity + n.quantity,
                -- Each surplus is accepted when it comes: the constraint refuses one that is not, whatever was accepted before.
                surplus_accepted = CASE WHEN l.received_quantity + n.quantity > l.quantity
                    THEN p_accept_surplus ELSE l.surplus_accepted END
            FROM (SELECT t.product_id, sum(t.quantity)::integer AS quantity
                  FROM taken t
                  WHERE t.received
                  GROUP BY t.product_id) AS n
            WHERE l.tenant_id = v_tenant_id AND l.purchase_order_id = p_purchase_order_id
              AND l.product_id = n.product_id
        )
        SELECT t.reference, t.received, t.available FROM taken t ORDER BY t.position;
END;
$$;

COMMENT ON FUNCTION receive_purchase(uuid, text[], uuid[], integer[], boolean, uuid[]) IS
    'Receives deliveries of a purchase order into its warehouse, each reference once, ever, as receive_stock. Raises CRT03 where there is no such order, CRT04 where a product was not ordered, and violates chk_inventory_purchase_order_lines_surplus where more would have come than was ordered, unless that is accepted.';

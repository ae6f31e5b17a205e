-- Units that will not be sent: staff says so, or they are put on sale again with a refund before they were packed.

CREATE TABLE order_withdrawals (
    tenant_id    uuid        NOT NULL,
    id           uuid        NOT NULL,
    order_id     uuid        NOT NULL,
    refund_id    uuid,
    reason       text        NOT NULL,
    withdrawn_by text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    undone_at    timestamptz,
    CONSTRAINT order_withdrawals_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_withdrawals_refund_id UNIQUE (tenant_id, refund_id),
    CONSTRAINT fk_order_withdrawals_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT fk_order_withdrawals_order_refunds FOREIGN KEY (tenant_id, refund_id) REFERENCES order_refunds (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_withdrawals_reason CHECK (reason ~ '^[a-z][a-z0-9-]{0,62}$'),
    CONSTRAINT chk_order_withdrawals_undone_at CHECK (undone_at IS NULL OR refund_id IS NOT NULL)
);

CREATE INDEX idx_order_withdrawals_order_id ON order_withdrawals (tenant_id, order_id);

CALL isolate_tenants('order_withdrawals');
CALL keep_customers_apart_by('orders', 'id', 'order_withdrawals', 'order_id');

COMMENT ON TABLE order_withdrawals IS 'Decisions that units of an order will not be sent';
COMMENT ON COLUMN order_withdrawals.tenant_id IS 'The shop';
COMMENT ON COLUMN order_withdrawals.id IS 'The decision';
COMMENT ON COLUMN order_withdrawals.order_id IS 'The order';
COMMENT ON COLUMN order_withdrawals.refund_id IS 'The refund that puts the units on sale again; NULL where staff decided by itself';
COMMENT ON COLUMN order_withdrawals.reason IS 'Why, as a code';
COMMENT ON COLUMN order_withdrawals.withdrawn_by IS 'Kind and id of who decided, or the database role outside any request';
COMMENT ON COLUMN order_withdrawals.created_at IS 'When';
COMMENT ON COLUMN order_withdrawals.undone_at IS 'When the refund was refused, and the units were to be sent again';

CREATE TABLE order_withdrawal_items (
    tenant_id     uuid    NOT NULL,
    id            uuid    NOT NULL,
    withdrawal_id uuid    NOT NULL,
    order_item_id uuid    NOT NULL,
    quantity      integer NOT NULL,
    CONSTRAINT order_withdrawal_items_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_withdrawal_items_order_item_id UNIQUE (tenant_id, withdrawal_id, order_item_id),
    CONSTRAINT fk_order_withdrawal_items_order_withdrawals FOREIGN KEY (tenant_id, withdrawal_id)
        REFERENCES order_withdrawals (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_order_withdrawal_items_order_items FOREIGN KEY (tenant_id, order_item_id)
        REFERENCES order_items (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_order_withdrawal_items_quantity CHECK (quantity > 0)
);

CREATE INDEX idx_order_withdrawal_items_order_item_id ON order_withdrawal_items (tenant_id, order_item_id);

CALL isolate_tenants('order_withdrawal_items');
CALL keep_customers_apart_by('order_withdrawals', 'id', 'order_withdrawal_items', 'withdrawal_id');

COMMENT ON TABLE order_withdrawal_items IS 'Units that will not be sent. Written with their decision, never changed';
COMMENT ON COLUMN order_withdrawal_items.tenant_id IS 'The shop';
COMMENT ON COLUMN order_withdrawal_items.id IS 'The row';
COMMENT ON COLUMN order_withdrawal_items.withdrawal_id IS 'The decision';
COMMENT ON COLUMN order_withdrawal_items.order_item_id IS 'The line of the order';
COMMENT ON COLUMN order_withdrawal_items.quantity IS 'Units';

CREATE FUNCTION count_withdrawn_units() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    v_counted bigint;
BEGIN
    UPDATE order_items i
    SET withdrawn_quantity = i.withdrawn_quantity + m.units
    FROM (
        SELECT n.tenant_id, w.order_id, n.order_item_id, sum(n.quantity) AS units
        FROM new_lines n
        JOIN order_withdrawals w ON w.tenant_id = n.tenant_id AND w.id = n.withdrawal_id AND w.undone_at IS NULL
        GROUP BY n.tenant_id, w.order_id, n.order_item_id
    ) m
    WHERE i.tenant_id = m.tenant_id AND i.id = m.order_item_id AND i.order_id = m.order_id;
    GET DIAGNOSTICS v_counted = ROW_COUNT;
    IF v_counted <> (SELECT count(DISTINCT (n.tenant_id, n.order_item_id)) FROM new_lines n) THEN
        RAISE EXCEPTION 'only lines of an own order are withdrawn'
            USING ERRCODE = 'check_violation', TABLE = 'order_withdrawal_items';
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_withdrawn_units() IS
    'Counts units that will not be sent; refuses lines of other orders with check_violation';

CREATE FUNCTION count_units_given_back() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_decisions n
        LEFT JOIN old_decisions o ON o.tenant_id = n.tenant_id AND o.id = n.id AND o.order_id = n.order_id
        WHERE o.id IS NULL OR (o.undone_at IS NOT NULL AND n.undone_at IS DISTINCT FROM o.undone_at)
    ) THEN
        RAISE EXCEPTION 'a withdrawal is undone once, and stays with its order'
            USING ERRCODE = 'check_violation', TABLE = 'order_withdrawals';
    END IF;
    UPDATE order_items i
    SET withdrawn_quantity = i.withdrawn_quantity - m.units
    FROM (
        SELECT l.tenant_id, l.order_item_id, sum(l.quantity) AS units
        FROM new_decisions n
        JOIN old_decisions o ON o.tenant_id = n.tenant_id AND o.id = n.id
        JOIN order_withdrawal_items l ON l.tenant_id = n.tenant_id AND l.withdrawal_id = n.id
        WHERE o.undone_at IS NULL AND n.undone_at IS NOT NULL
        GROUP BY l.tenant_id, l.order_item_id
    ) m
    WHERE i.tenant_id = m.tenant_id AND i.id = m.order_item_id;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_units_given_back() IS
    'Counts units that are to be sent again; refuses with check_violation that a withdrawal is undone twice, or taken up again';

CREATE TRIGGER count_withdrawn_units_on_insert AFTER INSERT ON order_withdrawal_items
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION count_withdrawn_units();
CREATE TRIGGER count_units_given_back_on_update AFTER UPDATE ON order_withdrawals
    REFERENCING OLD TABLE AS old_decisions NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION count_units_given_back();

-- What was decided is kept as long as the order.
DO $$
BEGIN
    EXECUTE format('REVOKE DELETE ON order_withdrawals FROM %I', service_role('app'));
    EXECUTE format('REVOKE UPDATE, DELETE ON order_withdrawal_items FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

-- Money that was given back for orders, and goods that came back.

ALTER TABLE orders ADD COLUMN refunded_amount numeric(10, 2) NOT NULL DEFAULT 0;
ALTER TABLE orders ADD CONSTRAINT chk_orders_refunded_amount
    CHECK (refunded_amount BETWEEN 0 AND total_amount) NOT VALID;

COMMENT ON COLUMN orders.refunded_amount IS 'What was given back: the sum of the completed refunds';

CREATE TABLE order_refunds (
    tenant_id      uuid           NOT NULL,
    id             uuid           NOT NULL,
    order_id       uuid           NOT NULL,
    amount         numeric(10, 2) NOT NULL,
    status         text           NOT NULL DEFAULT 'PENDING',
    reason         text           NOT NULL,
    restock_status text,
    refusal_code   text,
    requested_by   text           NOT NULL,
    created_at     timestamptz    NOT NULL DEFAULT now(),
    ended_at       timestamptz,
    CONSTRAINT order_refunds_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_order_refunds_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT chk_order_refunds_amount CHECK (amount > 0),
    CONSTRAINT chk_order_refunds_status CHECK (status IN ('PENDING', 'COMPLETED', 'REFUSED')),
    CONSTRAINT chk_order_refunds_restock_status CHECK (restock_status IN ('PENDING', 'RESTOCKED', 'REFUSED')),
    CONSTRAINT chk_order_refunds_refusal_code CHECK ((status = 'REFUSED') = (refusal_code IS NOT NULL)),
    CONSTRAINT chk_order_refunds_ended_at CHECK ((status = 'PENDING') = (ended_at IS NULL))
);

CREATE INDEX idx_order_refunds_order_id ON order_refunds (tenant_id, order_id);

CALL isolate_tenants('order_refunds');

COMMENT ON TABLE order_refunds IS 'Refunds of orders: those that were asked for here, and those that came with a cancellation';
COMMENT ON COLUMN order_refunds.tenant_id IS 'The shop';
COMMENT ON COLUMN order_refunds.id IS 'The refund, in the payment service too; also its saga, where it was asked for here';
COMMENT ON COLUMN order_refunds.order_id IS 'The order';
COMMENT ON COLUMN order_refunds.amount IS 'How much, in the currency of the order';
COMMENT ON COLUMN order_refunds.status IS 'PENDING claims the amount; COMPLETED was given back; REFUSED never was';
COMMENT ON COLUMN order_refunds.reason IS 'Why';
COMMENT ON COLUMN order_refunds.restock_status IS 'Whether the goods are for sale again; NULL where none came back';
COMMENT ON COLUMN order_refunds.refusal_code IS 'Why the payment service refused it';
COMMENT ON COLUMN order_refunds.requested_by IS 'Kind and id of who asked for it, or the database role outside any request';
COMMENT ON COLUMN order_refunds.created_at IS 'When it began';
COMMENT ON COLUMN order_refunds.ended_at IS 'When it was completed or refused';

CREATE TABLE order_refund_items (
    tenant_id  uuid    NOT NULL,
    id         uuid    NOT NULL,
    refund_id  uuid    NOT NULL,
    product_id uuid    NOT NULL,
    quantity   integer NOT NULL,
    CONSTRAINT order_refund_items_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_order_refund_items_product_id UNIQUE (tenant_id, refund_id, product_id),
    CONSTRAINT fk_order_refund_items_order_refunds FOREIGN KEY (tenant_id, refund_id)
        REFERENCES order_refunds (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_order_refund_items_quantity CHECK (quantity > 0)
);

CALL isolate_tenants('order_refund_items');

COMMENT ON TABLE order_refund_items IS 'Goods that came back with a refund';
COMMENT ON COLUMN order_refund_items.tenant_id IS 'The shop';
COMMENT ON COLUMN order_refund_items.id IS 'The row';
COMMENT ON COLUMN order_refund_items.refund_id IS 'The refund';
COMMENT ON COLUMN order_refund_items.product_id IS 'The product in the catalog service';
COMMENT ON COLUMN order_refund_items.quantity IS 'Units that are to be for sale again';

-- Refunds are kept as long as their order.
DO $$
BEGIN
    EXECUTE format('REVOKE DELETE ON order_refunds, order_refund_items FROM %I', service_role('app'));
    EXECUTE format('REVOKE UPDATE ON order_refund_items FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

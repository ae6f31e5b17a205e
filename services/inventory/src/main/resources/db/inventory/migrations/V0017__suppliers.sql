CREATE TABLE inventory_suppliers (
    tenant_id      uuid         NOT NULL,
    id             uuid         NOT NULL,
    name           varchar(255) NOT NULL,
    lead_time_days integer      NOT NULL,
    active         boolean      NOT NULL DEFAULT true,
    version        bigint       NOT NULL DEFAULT 1,
    created_at     timestamptz  NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_suppliers_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_inventory_suppliers_name UNIQUE (tenant_id, name),
    CONSTRAINT chk_inventory_suppliers_name CHECK (name = btrim(name) AND name <> ''),
    CONSTRAINT chk_inventory_suppliers_lead_time_days CHECK (lead_time_days BETWEEN 0 AND 1000)
);

CREATE TABLE inventory_supplier_products (
    tenant_id        uuid          NOT NULL,
    supplier_id      uuid          NOT NULL,
    product_id       uuid          NOT NULL,
    supplier_sku     varchar(100)  NOT NULL,
    price            numeric(10,2) NOT NULL,
    currency         varchar(3)    NOT NULL,
    minimum_quantity integer       NOT NULL,
    CONSTRAINT inventory_supplier_products_pkey PRIMARY KEY (tenant_id, supplier_id, product_id),
    CONSTRAINT fk_inventory_supplier_products_supplier FOREIGN KEY (tenant_id, supplier_id)
        REFERENCES inventory_suppliers (tenant_id, id) ON DELETE NO ACTION,
    CONSTRAINT chk_inventory_supplier_products_price CHECK (price >= 0),
    CONSTRAINT chk_inventory_supplier_products_minimum_quantity CHECK (minimum_quantity >= 1)
);

CREATE TABLE inventory_purchase_orders (
    tenant_id    uuid        NOT NULL,
    id           uuid        NOT NULL,
    number       varchar(64) NOT NULL,
    supplier_id  uuid        NOT NULL,
    warehouse_id uuid        NOT NULL,
    expected_on  date        NOT NULL,
    ordered_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_purchase_orders_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_inventory_purchase_orders_number UNIQUE (tenant_id, number),
    CONSTRAINT fk_inventory_purchase_orders_supplier FOREIGN KEY (tenant_id, supplier_id)
        REFERENCES inventory_suppliers (tenant_id, id) ON DELETE NO ACTION,
    CONSTRAINT fk_inventory_purchase_orders_warehouse FOREIGN KEY (tenant_id, warehouse_id)
        REFERENCES warehouses (tenant_id, id) ON DELETE NO ACTION
);

CREATE INDEX idx_inventory_purchase_orders_supplier_id
    ON inventory_purchase_orders (tenant_id, supplier_id, expected_on);
CREATE INDEX idx_inventory_purchase_orders_warehouse_id ON inventory_purchase_orders (tenant_id, warehouse_id);

CREATE TABLE inventory_purchase_order_lines (
    tenant_id         uuid    NOT NULL,
    purchase_order_id uuid    NOT NULL,
    product_id        uuid    NOT NULL,
    quantity          integer NOT NULL,
    received_quantity integer NOT NULL DEFAULT 0,
    surplus_accepted  boolean NOT NULL DEFAULT false,
    CONSTRAINT inventory_purchase_order_lines_pkey PRIMARY KEY (tenant_id, purchase_order_id, product_id),
    CONSTRAINT fk_inventory_purchase_order_lines_order FOREIGN KEY (tenant_id, purchase_order_id)
        REFERENCES inventory_purchase_orders (tenant_id, id) ON DELETE NO ACTION,
    CONSTRAINT chk_inventory_purchase_order_lines_quantity CHECK (quantity >= 1 AND received_quantity >= 0),
    CONSTRAINT chk_inventory_purchase_order_lines_surplus CHECK (received_quantity <= quantity OR surplus_accepted)
);

CREATE TABLE inventory_purchase_receipts (
    tenant_id         uuid         NOT NULL,
    reference         varchar(255) NOT NULL,
    purchase_order_id uuid         NOT NULL,
    product_id        uuid         NOT NULL,
    quantity          integer      NOT NULL,
    received_at       timestamptz  NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_purchase_receipts_pkey PRIMARY KEY (tenant_id, reference),
    CONSTRAINT fk_inventory_purchase_receipts_line FOREIGN KEY (tenant_id, purchase_order_id, product_id)
        REFERENCES inventory_purchase_order_lines (tenant_id, purchase_order_id, product_id) ON DELETE NO ACTION,
    CONSTRAINT chk_inventory_purchase_receipts_quantity CHECK (quantity >= 1)
);

CREATE INDEX idx_inventory_purchase_receipts_line
    ON inventory_purchase_receipts (tenant_id, purchase_order_id, product_id);

CALL isolate_tenants('inventory_suppliers');
CALL isolate_tenants('inventory_supplier_products');
CALL isolate_tenants('inventory_purchase_orders');
CALL isolate_tenants('inventory_purchase_order_lines');
CALL isolate_tenants('inventory_purchase_receipts');

COMMENT ON TABLE inventory_suppliers IS 'Companies that a shop buys goods from; nothing of a person is kept of them. Never deleted.';
COMMENT ON COLUMN inventory_suppliers.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_suppliers.id IS 'The supplier.';
COMMENT ON COLUMN inventory_suppliers.name IS 'The company, unique in the shop.';
COMMENT ON COLUMN inventory_suppliers.lead_time_days IS 'How many days after an order the goods are expected.';
COMMENT ON COLUMN inventory_suppliers.active IS 'Whether goods may be ordered from it.';
COMMENT ON COLUMN inventory_suppliers.version IS 'Counts the changes.';
COMMENT ON COLUMN inventory_suppliers.created_at IS 'When it was entered.';
COMMENT ON TABLE inventory_supplier_products IS 'What a supplier offers, under which conditions.';
COMMENT ON COLUMN inventory_supplier_products.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_supplier_products.supplier_id IS 'The supplier.';
COMMENT ON COLUMN inventory_supplier_products.product_id IS 'The product in the catalog.';
COMMENT ON COLUMN inventory_supplier_products.supplier_sku IS 'How the supplier calls it.';
COMMENT ON COLUMN inventory_supplier_products.price IS 'What the supplier takes for one.';
COMMENT ON COLUMN inventory_supplier_products.currency IS 'The currency of the price, ISO 4217.';
COMMENT ON COLUMN inventory_supplier_products.minimum_quantity IS 'How many units have to be ordered at least.';
COMMENT ON TABLE inventory_purchase_orders IS 'Goods that were ordered from a supplier for a warehouse. Never changes: what comes is in its lines.';
COMMENT ON COLUMN inventory_purchase_orders.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_purchase_orders.id IS 'A UUIDv7: rises with the time of ordering.';
COMMENT ON COLUMN inventory_purchase_orders.number IS 'The shop''s number of it; used once, ever.';
COMMENT ON COLUMN inventory_purchase_orders.supplier_id IS 'From whom.';
COMMENT ON COLUMN inventory_purchase_orders.warehouse_id IS 'Where it is to be received.';
COMMENT ON COLUMN inventory_purchase_orders.expected_on IS 'The last day, in UTC, on which all of it is in time.';
COMMENT ON COLUMN inventory_purchase_orders.ordered_at IS 'When it was ordered.';
COMMENT ON TABLE inventory_purchase_order_lines IS 'What was ordered, and how much of it has come.';
COMMENT ON COLUMN inventory_purchase_order_lines.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_purchase_order_lines.purchase_order_id IS 'The purchase order.';
COMMENT ON COLUMN inventory_purchase_order_lines.product_id IS 'The product.';
COMMENT ON COLUMN inventory_purchase_order_lines.quantity IS 'Units that were ordered.';
COMMENT ON COLUMN inventory_purchase_order_lines.received_quantity IS 'Units that have come: the sum of its receipts.';
COMMENT ON COLUMN inventory_purchase_order_lines.surplus_accepted IS 'Whether somebody has accepted more than was ordered.';
COMMENT ON TABLE inventory_purchase_receipts IS 'Which receipts were deliveries of purchase orders; each has its movement in the ledger.';
COMMENT ON COLUMN inventory_purchase_receipts.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_purchase_receipts.reference IS 'The receipt''s number, as in inventory_movements; received once, ever.';
COMMENT ON COLUMN inventory_purchase_receipts.purchase_order_id IS 'The purchase order.';
COMMENT ON COLUMN inventory_purchase_receipts.product_id IS 'The product.';
COMMENT ON COLUMN inventory_purchase_receipts.quantity IS 'Units that came.';
COMMENT ON COLUMN inventory_purchase_receipts.received_at IS 'When it was received.';
